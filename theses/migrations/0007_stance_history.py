import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0006_topic_merging_assignment"),
    ]

    operations = [
        migrations.AddField(
            model_name="stance",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="Fassung der These"),
        ),
        migrations.CreateModel(
            name="StanceChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "value",
                    models.SmallIntegerField(
                        choices=[(1, "Zustimmung"), (0, "neutral"), (-1, "Ablehnung"), (2, "weiß nicht")],
                        verbose_name="Haltung",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="Fassung der These")),
                ("at", models.DateTimeField(verbose_name="am")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stance_changes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Akteurin / Akteur",
                    ),
                ),
                (
                    "thesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stance_changes",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "Änderung einer Haltung",
                "verbose_name_plural": "Änderungen von Haltungen",
                "ordering": ("thesis", "person", "at", "pk"),
            },
        ),
    ]
