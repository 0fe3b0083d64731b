import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0011_legal_text"),
    ]

    operations = [
        migrations.CreateModel(
            name="Newsletter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=150, verbose_name="Betreff")),
                ("body", models.TextField(help_text="Markdown", verbose_name="Text")),
                ("subject_en", models.CharField(blank=True, max_length=150, verbose_name="Betreff (englisch)")),
                ("body_en", models.TextField(blank=True, help_text="Markdown", verbose_name="Text (englisch)")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Entwurf"), ("sent", "versendet")],
                        default="draft",
                        editable=False,
                        max_length=5,
                        verbose_name="Stand",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="versendet am")),
                ("recipients", models.PositiveIntegerField(default=0, editable=False, verbose_name="Empfänger")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
            ],
            options={
                "verbose_name": "Rundbrief",
                "verbose_name_plural": "Rundbriefe",
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="E-Mail-Adresse")),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "Deutsch"), ("en", "English")],
                        default="de",
                        max_length=2,
                        verbose_name="Sprache",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "noch nicht bestätigt"),
                            ("confirmed", "bestätigt"),
                            ("ended", "abbestellt"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="Stand",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="angefragt am")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="bestätigt am")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="abbestellt am")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Abonnement des Rundbriefs",
                "verbose_name_plural": "Abonnements des Rundbriefs",
                "ordering": ("-requested_at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="subscription_email_unique"
                    )
                ],
            },
        ),
    ]
