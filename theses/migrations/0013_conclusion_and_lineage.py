import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0012_discussion"),
    ]

    operations = [
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consensus", "Konsens"),
                            ("dissent", "produktiver Dissens"),
                            ("open_question", "offene Frage"),
                            ("taken_up", "aufgenommen in eine Maßnahme"),
                            ("not_pursued", "nicht weiterverfolgt"),
                        ],
                        max_length=13,
                        verbose_name="Ergebnis",
                    ),
                ),
                ("text", models.TextField(max_length=5000, verbose_name="Fazit und Begründung")),
                (
                    "shares",
                    models.JSONField(default=dict, editable=False, verbose_name="Haltungen zum Zeitpunkt des Fazits"),
                ),
                ("at", models.DateTimeField(editable=False, verbose_name="veröffentlicht am")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geschrieben von",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="measures.measure",
                        verbose_name="aufgenommen in",
                    ),
                ),
                (
                    "thesis",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conclusion",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "Fazit",
                "verbose_name_plural": "Fazite",
                "ordering": ("-at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "taken_up"), ("measure__isnull", False)),
                            models.Q(("kind", "taken_up"), _negated=True),
                            _connector="OR",
                        ),
                        name="conclusion_taken_up_names_measure",
                        violation_error_message="Nennen Sie die Maßnahme, in der die These weiterlebt.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LineageStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=60, verbose_name="Schlüssel")),
                ("label", models.CharField(max_length=300, verbose_name="Schritt")),
                ("label_en", models.CharField(blank=True, max_length=300, verbose_name="Schritt (englisch)")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="Adresse")),
                ("at", models.DateTimeField(verbose_name="am")),
                (
                    "thesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lineage",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "Schritt einer These",
                "verbose_name_plural": "Schritte von Thesen",
                "ordering": ("thesis", "at", "pk"),
                "constraints": [models.UniqueConstraint(fields=("thesis", "key"), name="lineage_step_unique")],
            },
        ),
    ]
