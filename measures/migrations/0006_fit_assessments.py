import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0005_measure_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="FitAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "knows",
                    models.CharField(
                        choices=[
                            ("works", "Ich arbeite dort."),
                            ("lives", "Ich lebe dort."),
                            ("advises", "Ich berate oder fördere dort."),
                            ("other", "Ich kenne den Kreis aus anderer Erfahrung."),
                        ],
                        max_length=8,
                        verbose_name="Woher kennen Sie den Kreis?",
                    ),
                ),
                ("need", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Bedarf")),
                ("readiness", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Bereitschaft")),
                (
                    "structures",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="vorhandene Strukturen"),
                ),
                (
                    "obstacles",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="wenige Hindernisse"),
                ),
                ("reason", models.TextField(blank=True, max_length=1000, verbose_name="Begründung")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "über das Portal"),
                            ("email", "per E-Mail"),
                            ("phone", "am Telefon"),
                            ("letter", "per Brief"),
                            ("in_person", "im Gespräch"),
                            ("import", "aus einer Liste"),
                        ],
                        default="web",
                        editable=False,
                        max_length=9,
                        verbose_name="Weg",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="geändert am")),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fit_assessments",
                        to="stakeholders.district",
                        verbose_name="Kreis",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fit_assessments",
                        to="measures.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fit_assessments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Akteurin / Akteur",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="erfasst von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Passfähigkeits-Check",
                "verbose_name_plural": "Passfähigkeits-Checks",
                "indexes": [models.Index(fields=["district", "measure"], name="fit_district")],
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "district", "rater"), name="fit_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("need__isnull", True), models.Q(("need__gte", 1), ("need__lte", 5)), _connector="OR"
                            ),
                            models.Q(
                                ("readiness__isnull", True),
                                models.Q(("readiness__gte", 1), ("readiness__lte", 5)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("structures__isnull", True),
                                models.Q(("structures__gte", 1), ("structures__lte", 5)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("obstacles__isnull", True),
                                models.Q(("obstacles__gte", 1), ("obstacles__lte", 5)),
                                _connector="OR",
                            ),
                        ),
                        name="fit_grades_between_1_and_5",
                        violation_error_message="Bitte wählen Sie eine der fünf Stufen.",
                    ),
                ],
            },
        ),
    ]
