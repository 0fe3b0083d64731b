import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0013_consent_of_subscriptions"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "angefordert"),
                            ("running", "wird zusammengestellt"),
                            ("ready", "bereit"),
                            ("failed", "fehlgeschlagen"),
                            ("expired", "abgelaufen und gelöscht"),
                        ],
                        default="requested",
                        max_length=9,
                        verbose_name="Stand",
                    ),
                ),
                ("progress", models.PositiveSmallIntegerField(default=0, verbose_name="Fortschritt in Prozent")),
                ("file", models.FileField(blank=True, upload_to="exports", verbose_name="Datei")),
                ("requested_at", models.DateTimeField(auto_now_add=True, verbose_name="angefordert am")),
                ("claimed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="bereit seit")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="abrufbar bis")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="data_exports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Auskunft",
                "verbose_name_plural": "Auskünfte",
                "ordering": ("-requested_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("requested", "running"))),
                        fields=("person",),
                        name="data_export_one_at_a_time",
                    )
                ],
            },
        ),
    ]
