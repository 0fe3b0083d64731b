import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0009_coverage_target"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200, verbose_name="Datei")),
                (
                    "source",
                    models.CharField(
                        help_text="Zum Beispiel: Teilnehmerliste der Konferenz vom 7. März 2018. Die Personen erfahren es.",
                        max_length=200,
                        verbose_name="Herkunft der Angaben",
                    ),
                ),
                (
                    "legal_basis",
                    models.CharField(
                        choices=[
                            ("public_task", "öffentliche Aufgabe (Art. 6 Abs. 1 Buchst. e DSGVO)"),
                            ("consent", "Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO)"),
                        ],
                        max_length=12,
                        verbose_name="Rechtsgrundlage",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wird geprüft"),
                            ("ready", "geprüft, noch nichts geschrieben"),
                            ("confirmed", "bestätigt, wird übernommen"),
                            ("done", "übernommen"),
                            ("discarded", "verworfen"),
                            ("failed", "fehlgeschlagen"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("rows", models.JSONField(blank=True, default=list, editable=False)),
                ("outcomes", models.JSONField(blank=True, default=list, editable=False)),
                ("counts", models.JSONField(blank=True, default=dict, editable=False, verbose_name="Ergebnis")),
                ("trouble", models.CharField(blank=True, max_length=500, verbose_name="Fehler")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="hochgeladen am")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="abgeschlossen am")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="hochgeladen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Import von Kontakten",
                "verbose_name_plural": "Importe von Kontakten",
                "ordering": ("-created_at", "-pk"),
            },
        ),
    ]
