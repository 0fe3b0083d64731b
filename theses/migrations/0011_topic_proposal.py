import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0010_thesis_draft"),
    ]

    operations = [
        migrations.CreateModel(
            name="TopicProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="Thema")),
                ("explanation", models.TextField(max_length=2000, verbose_name="Warum dieses Thema?")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "wartet auf Entscheidung"),
                            ("accepted", "aufgenommen"),
                            ("declined", "nicht aufgenommen"),
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
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="vorgeschlagen am")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="entschieden am")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="topic_proposals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vorgeschlagen von",
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
                        verbose_name="aufgenommen als",
                    ),
                ),
            ],
            options={
                "verbose_name": "Vorschlag eines Themas",
                "verbose_name_plural": "Vorschläge von Themen",
                "ordering": ("-proposed_at", "-pk"),
            },
        ),
    ]
