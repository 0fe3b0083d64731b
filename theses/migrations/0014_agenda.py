import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0013_conclusion_and_lineage"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agenda",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="angelegt von",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="measures.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stakeholders.topic",
                        verbose_name="Thema",
                    ),
                ),
            ],
            options={
                "verbose_name": "Tagesordnung",
                "verbose_name_plural": "Tagesordnungen",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                ("title", models.CharField(max_length=300, verbose_name="Punkt")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="Warum")),
                ("minutes", models.PositiveSmallIntegerField(default=15, verbose_name="Minuten")),
                (
                    "agenda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="theses.agenda",
                        verbose_name="Tagesordnung",
                    ),
                ),
                (
                    "thesis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="agenda_items",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "Punkt der Tagesordnung",
                "verbose_name_plural": "Punkte der Tagesordnung",
                "ordering": ("position", "pk"),
            },
        ),
    ]
