import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0011_questions_and_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "anchor",
                    models.CharField(
                        choices=[
                            ("start", "Beginn"),
                            ("end", "Ende"),
                            ("deadline", "Ende der Anmeldung"),
                            ("at_once", "sofort"),
                        ],
                        default="start",
                        max_length=8,
                        verbose_name="bezogen auf",
                    ),
                ),
                (
                    "hours",
                    models.SmallIntegerField(
                        default=-48,
                        validators=[
                            django.core.validators.MinValueValidator(-2000),
                            django.core.validators.MaxValueValidator(2000),
                        ],
                        verbose_name="Stunden (minus: vorher)",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("registered", "Angemeldete"),
                            ("waiting", "Warteliste"),
                            ("unanswered", "Eingeladene ohne Antwort"),
                            ("attended", "Teilnehmende"),
                        ],
                        default="registered",
                        max_length=10,
                        verbose_name="an",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("on_site", "vor Ort"), ("online", "online")],
                        help_text="leer: vor Ort und online",
                        max_length=7,
                        verbose_name="nur",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=150, verbose_name="Betreff")),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="Text")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
                (
                    "posted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="verschickt am"),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="workshops.workshop",
                        verbose_name="Veranstaltung",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workshops.session",
                        verbose_name="nur zum Programmpunkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Erinnerung",
                "verbose_name_plural": "Erinnerungen",
                "ordering": ("workshop", "hours", "pk"),
            },
        ),
    ]
