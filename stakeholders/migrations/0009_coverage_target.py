import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0008_desk_notes_and_selections"),
    ]

    operations = [
        migrations.CreateModel(
            name="CoverageTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("people", models.PositiveIntegerField(verbose_name="Ziel (aktive Personen)")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stakeholders.district",
                        verbose_name="Kreis",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stakeholders.stakeholdergroup",
                        verbose_name="Akteursgruppe",
                    ),
                ),
            ],
            options={
                "verbose_name": "Ziel der Beteiligung",
                "verbose_name_plural": "Ziele der Beteiligung",
                "ordering": ("group", "district"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "district"),
                        name="coverage_target_unique",
                        violation_error_message="Für diese Gruppe in diesem Kreis gibt es schon ein Ziel.",
                    )
                ],
            },
        ),
    ]
