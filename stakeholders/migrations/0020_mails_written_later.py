from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0019_language_of_content_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="about",
            field=models.JSONField(
                blank=True, default=dict, help_text="Nummern der Zeilen, je Wort eine", verbose_name="wovon"
            ),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Entwurf"),
                    ("unwritten", "wird geschrieben"),
                    ("queued", "wartet"),
                    ("claimed", "in Arbeit"),
                    ("sending", "wird übergeben"),
                    ("sent", "gesendet"),
                    ("failed", "fehlgeschlagen"),
                    ("cancelled", "zurückgezogen"),
                ],
                default="queued",
                max_length=12,
                verbose_name="Stand",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("state", "unwritten")), fields=["due_at", "id"], name="mail_unwritten"
            ),
        ),
    ]
