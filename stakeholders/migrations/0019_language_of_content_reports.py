from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0018_desk_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="contentreport",
            name="language",
            field=models.CharField(
                choices=[("de", "Deutsch"), ("en", "English")],
                default="de",
                max_length=2,
                verbose_name="Sprache der Antwort",
            ),
        ),
    ]
