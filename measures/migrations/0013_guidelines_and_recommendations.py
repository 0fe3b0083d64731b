from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0012_catalogue_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Guideline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="Kurzname in der Adresse")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="Titel (englisch)")),
                ("text", models.TextField(max_length=2000, verbose_name="Text")),
                ("text_en", models.TextField(blank=True, max_length=2000, verbose_name="Text (englisch)")),
                ("source", models.CharField(max_length=300, verbose_name="Quelle")),
                ("source_url", models.URLField(blank=True, verbose_name="Adresse der Quelle")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
            ],
            options={
                "verbose_name": "strategische Leitlinie",
                "verbose_name_plural": "strategische Leitlinien",
                "ordering": ("position", "title"),
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="Kurzname in der Adresse")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="Titel (englisch)")),
                ("text", models.TextField(max_length=2000, verbose_name="Text")),
                ("text_en", models.TextField(blank=True, max_length=2000, verbose_name="Text (englisch)")),
                ("source", models.CharField(max_length=300, verbose_name="Quelle")),
                ("source_url", models.URLField(blank=True, verbose_name="Adresse der Quelle")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                (
                    "guidelines",
                    models.ManyToManyField(
                        blank=True,
                        related_name="recommendations",
                        to="measures.guideline",
                        verbose_name="dient den Leitlinien",
                    ),
                ),
                (
                    "measures",
                    models.ManyToManyField(
                        blank=True, related_name="recommendations", to="measures.measure", verbose_name="Maßnahmen dazu"
                    ),
                ),
            ],
            options={
                "verbose_name": "Empfehlung",
                "verbose_name_plural": "Empfehlungen",
                "ordering": ("position", "title"),
            },
        ),
    ]
