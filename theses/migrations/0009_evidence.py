import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0008_thesis_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="evidence/%Y/%m", verbose_name="Datei")),
                ("name", models.CharField(max_length=150, verbose_name="Name der Datei")),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/png", "PNG"),
                            ("image/jpeg", "JPEG"),
                            ("image/webp", "WebP"),
                        ],
                        max_length=30,
                        verbose_name="Art",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="Größe in Byte")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="hochgeladen am")),
                (
                    "thesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_files",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "Beleg (Datei)",
                "verbose_name_plural": "Belege (Dateien)",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="EvidenceLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=500, verbose_name="Adresse")),
                ("label", models.CharField(blank=True, max_length=150, verbose_name="Bezeichnung")),
                (
                    "thesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_links",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "Beleg (Verweis)",
                "verbose_name_plural": "Belege (Verweise)",
                "ordering": ("pk",),
            },
        ),
    ]
