import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0015_implementation_concepts"),
        ("stakeholders", "0019_language_of_content_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "Federführung"),
                            ("partner", "Umsetzung"),
                            ("funding", "Förderung"),
                            ("knowledge", "Fachwissen"),
                        ],
                        default="partner",
                        max_length=9,
                        verbose_name="Aufgabe",
                    ),
                ),
                (
                    "confirmed_on",
                    models.DateField(
                        blank=True,
                        help_text="Erst mit diesem Tag steht die Organisation auf der Seite der Maßnahme.",
                        null=True,
                        verbose_name="bestätigt am",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="measures.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        limit_choices_to={"merged_into__isnull": True},
                        to="stakeholders.organisation",
                        verbose_name="Organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "Partner einer Maßnahme",
                "verbose_name_plural": "Partner der Maßnahmen",
                "ordering": ("organisation__name", "pk"),
            },
        ),
    ]
