from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="Schlagwort")),
            ],
            options={
                "verbose_name": "Schlagwort",
                "verbose_name_plural": "Schlagwörter",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(unique=True, verbose_name="Schlüssel")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="Bezeichnung")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="Bezeichnung (englisch)")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
            ],
            options={
                "verbose_name": "Thema",
                "verbose_name_plural": "Themen",
                "ordering": ("position", "name"),
            },
        ),
    ]
