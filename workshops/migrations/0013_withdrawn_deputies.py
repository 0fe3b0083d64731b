from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0012_messages_and_reminders"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="answer",
            field=models.CharField(
                choices=[
                    ("open", "offen"),
                    ("accepted", "zugesagt"),
                    ("declined", "abgesagt"),
                    ("deputised", "Vertretung kommt"),
                    ("withdrawn", "zurückgezogen"),
                ],
                default="open",
                max_length=10,
                verbose_name="Antwort",
            ),
        ),
    ]
