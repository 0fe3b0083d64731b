import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0010_programme_and_votes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300, verbose_name="Frage")),
                ("text_en", models.CharField(blank=True, max_length=300, verbose_name="Frage (englisch)")),
                (
                    "kind",
                    models.CharField(
                        choices=[("text", "Text"), ("choice", "Auswahl"), ("number", "Zahl")],
                        default="text",
                        max_length=6,
                        verbose_name="Art",
                    ),
                ),
                (
                    "choices",
                    models.TextField(blank=True, help_text="eine je Zeile", verbose_name="Antworten zur Auswahl"),
                ),
                ("required", models.BooleanField(default=False, verbose_name="muss beantwortet werden")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("general", "Vorbereitung"),
                            ("accessibility", "Barrierefreiheit"),
                            ("catering", "Verpflegung"),
                        ],
                        default="general",
                        max_length=13,
                        verbose_name="Zweck",
                    ),
                ),
                ("shown_value", models.CharField(blank=True, max_length=200, verbose_name="so geantwortet wurde")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                (
                    "shown_if",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workshops.question",
                        verbose_name="nur wenn auf diese Frage",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="workshops.workshop",
                        verbose_name="Veranstaltung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Frage zur Anmeldung",
                "verbose_name_plural": "Fragen zur Anmeldung",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=500, verbose_name="Antwort")),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="workshops.registration",
                        verbose_name="Anmeldung",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="workshops.question",
                        verbose_name="Frage",
                    ),
                ),
            ],
            options={
                "verbose_name": "Antwort zur Anmeldung",
                "verbose_name_plural": "Antworten zur Anmeldung",
                "constraints": [models.UniqueConstraint(fields=("question", "registration"), name="answer_unique")],
            },
        ),
    ]
