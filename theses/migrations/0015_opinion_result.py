from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0014_agenda"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpinionResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=80, unique=True, verbose_name="Umfang")),
                ("basis", models.CharField(max_length=71, verbose_name="Prüfsumme der Eingaben")),
                ("result", models.JSONField(default=dict, verbose_name="Ergebnis")),
                ("computed_at", models.DateTimeField(verbose_name="berechnet am")),
            ],
            options={
                "verbose_name": "Auswertung der Thesen",
                "verbose_name_plural": "Auswertungen der Thesen",
            },
        ),
    ]
