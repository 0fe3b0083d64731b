import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0004_measure_relations_and_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="MeasureDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("language", models.CharField(default="de", max_length=3, verbose_name="Sprache")),
                ("file", models.FileField(upload_to="measures/%Y/%m", verbose_name="Datei")),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/png", "PNG"),
                            ("image/jpeg", "JPEG"),
                            ("image/webp", "WebP"),
                        ],
                        editable=False,
                        max_length=30,
                        verbose_name="Art",
                    ),
                ),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="Größe in Byte")),
                ("is_accessible", models.BooleanField(default=False, verbose_name="barrierefrei (PDF/UA)")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="hochgeladen am")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="measures.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "Dokument",
                "verbose_name_plural": "Dokumente",
                "ordering": ("position", "pk"),
            },
        ),
    ]
