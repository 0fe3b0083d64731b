import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0008_states_of_registrations"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="deputy_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="deputies",
                to="workshops.invitation",
                verbose_name="Vertretung von",
            ),
        ),
        migrations.AlterField(
            model_name="invitation",
            name="answer",
            field=models.CharField(
                choices=[
                    ("open", "offen"),
                    ("accepted", "zugesagt"),
                    ("declined", "abgesagt"),
                    ("deputised", "Vertretung kommt"),
                ],
                default="open",
                max_length=10,
                verbose_name="Antwort",
            ),
        ),
    ]
