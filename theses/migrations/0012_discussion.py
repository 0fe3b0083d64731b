import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0011_topic_proposal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pro", "Pro"),
                            ("contra", "Contra"),
                            ("question", "Frage"),
                            ("experience", "Erfahrung"),
                            ("answer", "Antwort"),
                        ],
                        max_length=10,
                        verbose_name="Art",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="Beitrag")),
                (
                    "text_language",
                    models.CharField(
                        choices=[
                            ("de", "Deutsch"),
                            ("en", "English"),
                            ("hsb", "Hornjoserbšćina"),
                            ("dsb", "Dolnoserbšćina"),
                            ("cs", "Čeština"),
                            ("pl", "Polski"),
                        ],
                        default="de",
                        max_length=3,
                        verbose_name="Sprache des Textes",
                    ),
                ),
                ("is_official", models.BooleanField(default=False, verbose_name="Antwort des Projektbüros")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("shown", "sichtbar"),
                            ("withdrawn", "zurückgezogen"),
                            ("removed", "nach einer Meldung entfernt"),
                        ],
                        default="shown",
                        max_length=9,
                        verbose_name="Stand",
                    ),
                ),
                ("helpful_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="hilfreich")),
                ("answer_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="Antworten")),
                ("written_at", models.DateTimeField(verbose_name="geschrieben am")),
                ("edited_at", models.DateTimeField(blank=True, null=True, verbose_name="geändert am")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contributions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geschrieben von",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stakeholders.mandate",
                        verbose_name="Mandat",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contributions",
                        to="stakeholders.organisation",
                        verbose_name="für Organisation",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="theses.contribution",
                        verbose_name="Antwort auf",
                    ),
                ),
                (
                    "thesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "Beitrag",
                "verbose_name_plural": "Beiträge",
                "ordering": ("-written_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="seit")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followed_theses",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
                (
                    "thesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "gefolgte These",
                "verbose_name_plural": "gefolgte Thesen",
            },
        ),
        migrations.CreateModel(
            name="HelpfulMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="am")),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helpful_marks",
                        to="theses.contribution",
                        verbose_name="Beitrag",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helpful_marks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Markierung als hilfreich",
                "verbose_name_plural": "Markierungen als hilfreich",
            },
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("parent__isnull", True)),
                fields=["thesis", "-written_at"],
                name="contribution_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent__isnull", True), ("kind", "answer"), _connector="XOR"),
                name="contribution_answer_has_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(fields=("thesis", "person"), name="follow_unique"),
        ),
        migrations.AddConstraint(
            model_name="helpfulmark",
            constraint=models.UniqueConstraint(fields=("contribution", "person"), name="helpful_mark_unique"),
        ),
    ]
