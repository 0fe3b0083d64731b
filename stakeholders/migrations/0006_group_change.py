import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0005_mandate"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wartet auf Bestätigung"),
                            ("confirmed", "bestätigt"),
                            ("refused", "abgelehnt"),
                            ("withdrawn", "zurückgezogen"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("requested_at", models.DateTimeField(auto_now_add=True, verbose_name="beantragt am")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="entschieden am")),
                ("decision_reason", models.CharField(blank=True, max_length=500, verbose_name="Begründung")),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.stakeholdergroup",
                        verbose_name="bisherige Gruppe",
                    ),
                ),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_changes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
                (
                    "wanted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stakeholders.stakeholdergroup",
                        verbose_name="gewünschte Gruppe",
                    ),
                ),
            ],
            options={
                "verbose_name": "Wechsel der Akteursgruppe",
                "verbose_name_plural": "Wechsel der Akteursgruppe",
                "ordering": ("-requested_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("person",), name="group_change_one_waiting"
                    )
                ],
            },
        ),
    ]
