import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0016_first_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VersionProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("base", models.PositiveIntegerField(verbose_name="geht aus von Fassung")),
                ("sentence", models.CharField(max_length=280, verbose_name="These")),
                ("reason", models.TextField(max_length=4000, verbose_name="Begründung")),
                ("change", models.CharField(max_length=300, verbose_name="Was sich ändert")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wartet"),
                            ("accepted", "veröffentlicht"),
                            ("refused", "nicht veröffentlicht"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "decision_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="Begründung der Entscheidung"),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="vorgeschlagen am")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="entschieden am")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="version_proposals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vorgeschlagen von",
                    ),
                ),
                (
                    "thesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="version_proposals",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "Vorschlag einer neuen Fassung",
                "verbose_name_plural": "Vorschläge neuer Fassungen",
                "ordering": ("proposed_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("thesis",), name="version_proposal_one_waits"
                    )
                ],
            },
        ),
    ]
