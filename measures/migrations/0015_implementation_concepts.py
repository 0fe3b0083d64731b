import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0014_search_in_english_summaries"),
        ("stakeholders", "0019_language_of_content_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImplementationConcept",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("goal", models.TextField(max_length=2000, verbose_name="Ziel (Markdown)")),
                ("goal_en", models.TextField(blank=True, max_length=2000, verbose_name="Ziel (englisch, Markdown)")),
                ("approach", models.TextField(max_length=6000, verbose_name="Vorgehen (Markdown)")),
                (
                    "approach_en",
                    models.TextField(blank=True, max_length=6000, verbose_name="Vorgehen (englisch, Markdown)"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Entwurf"), ("published", "veröffentlicht")],
                        default="draft",
                        max_length=9,
                        verbose_name="Zustand",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="veröffentlicht am"),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="geändert am")),
                (
                    "measure",
                    models.OneToOneField(
                        error_messages={
                            "unique": "Für diese Maßnahme gibt es bereits ein Konzept. Bitte bearbeiten Sie jenes."
                        },
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concept",
                        to="measures.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concepts",
                        limit_choices_to={"merged_into__isnull": True},
                        to="stakeholders.organisation",
                        verbose_name="verantwortliche Organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "Umsetzungskonzept",
                "verbose_name_plural": "Umsetzungskonzepte",
                "ordering": ("measure",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "draft"), ("published_at__isnull", False), _connector="OR"),
                        name="concept_published_with_its_time",
                    )
                ],
            },
        ),
    ]
