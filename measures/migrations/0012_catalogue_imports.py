import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0011_history_of_known_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200, verbose_name="Datei")),
                ("content", models.BinaryField(blank=True, default=b"")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "geprüft, noch nichts geschrieben"),
                            ("done", "übernommen"),
                            ("discarded", "verworfen"),
                        ],
                        default="ready",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("counts", models.JSONField(blank=True, default=dict, editable=False, verbose_name="Ergebnis")),
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
                "verbose_name": "Import des Katalogs",
                "verbose_name_plural": "Importe des Katalogs",
                "ordering": ("-created_at", "-pk"),
            },
        ),
    ]
