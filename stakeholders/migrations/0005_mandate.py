import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0004_person_contact_and_visibility"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("speaker", "Vertretung"), ("deputy", "Stellvertretung")],
                        default="speaker",
                        max_length=8,
                        verbose_name="Art",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "beantragt"),
                            ("confirmed", "bestätigt"),
                            ("refused", "abgelehnt"),
                            ("ended", "beendet"),
                        ],
                        default="requested",
                        max_length=9,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "request_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="Aufgabe in der Organisation"),
                ),
                ("requested_at", models.DateTimeField(verbose_name="beantragt am")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="entschieden am")),
                (
                    "decision_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="Begründung der Entscheidung"),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="gilt ab")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="letzter Tag")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="beendet am")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entschieden von",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="stakeholders.organisation",
                        verbose_name="Organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mandates",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Mandat",
                "verbose_name_plural": "Mandate",
                "ordering": ("-requested_at", "-pk"),
                "indexes": [models.Index(fields=["organisation", "state"], name="mandate_of_organisation")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("requested", "confirmed"))),
                        fields=("person", "organisation"),
                        name="mandate_one_open",
                        violation_error_message="Diese Person hat für diese Organisation schon ein Mandat oder einen Antrag.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gte", models.F("starts_on")),
                            models.Q(("state", "confirmed"), _negated=True),
                            _connector="OR",
                        ),
                        name="mandate_confirmed_has_days",
                    ),
                ],
            },
        ),
    ]
