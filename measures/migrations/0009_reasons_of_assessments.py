import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0008_channel_of_assessments"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessmentReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=1000, verbose_name="Begründung")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="geändert am")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reasons",
                        to="measures.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reasons",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Akteurin / Akteur",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reasons",
                        to="measures.assessmentround",
                        verbose_name="Bewertungsrunde",
                    ),
                ),
            ],
            options={
                "verbose_name": "Begründung einer Bewertung",
                "verbose_name_plural": "Begründungen von Bewertungen",
                "constraints": [models.UniqueConstraint(fields=("round", "rater", "measure"), name="reason_unique")],
            },
        ),
    ]
