import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0014_data_export"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=80, verbose_name="Schlüssel")),
                ("label", models.CharField(max_length=300, verbose_name="Inhalt")),
                ("address", models.CharField(max_length=300, verbose_name="Adresse")),
                (
                    "reporter_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="E-Mail-Adresse für die Antwort"),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("illegal", "Verstoß gegen ein Gesetz"),
                            ("insult", "Beleidigung oder Hetze"),
                            ("personal_data", "persönliche Angaben über andere"),
                            ("false", "falsche Tatsachenbehauptung"),
                            ("advertising", "Werbung"),
                            ("other", "anderer Grund"),
                        ],
                        max_length=15,
                        verbose_name="Grund",
                    ),
                ),
                ("explanation", models.TextField(max_length=2000, verbose_name="Erläuterung")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "wartet auf Entscheidung"),
                            ("kept", "Inhalt bleibt"),
                            ("removed", "Inhalt entfernt"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="Stand",
                    ),
                ),
                (
                    "decision_reason",
                    models.TextField(blank=True, max_length=2000, verbose_name="Begründung der Entscheidung"),
                ),
                ("reported_at", models.DateTimeField(auto_now_add=True, verbose_name="gemeldet am")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="entschieden am")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reported_contents",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geschrieben von",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entschieden von",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="content_reports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gemeldet von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Meldung eines Inhalts",
                "verbose_name_plural": "Meldungen von Inhalten",
                "ordering": ("-reported_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("participation", "Mitwirken"),
                            ("events", "Veranstaltungen"),
                            ("account", "Zugang und Anmeldung"),
                            ("privacy", "Datenschutz"),
                            ("accessibility", "Barriere melden"),
                            ("press", "Presse"),
                            ("other", "anderes Anliegen"),
                        ],
                        max_length=15,
                        verbose_name="Thema",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=160, verbose_name="Name")),
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
                ("subject", models.CharField(max_length=150, verbose_name="Betreff")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "wartet auf Antwort"),
                            ("answered", "beantwortet"),
                            ("closed", "abgeschlossen"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="Stand",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="eingegangen am")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="zuletzt geändert")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enquiries",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Anfrage",
                "verbose_name_plural": "Anfragen",
                "ordering": ("-changed_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="EnquiryMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_office", models.BooleanField(default=False, verbose_name="vom Projektbüro")),
                ("text", models.TextField(max_length=5000, verbose_name="Nachricht")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="geschrieben am")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geschrieben von",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="stakeholders.enquiry",
                        verbose_name="Anfrage",
                    ),
                ),
            ],
            options={
                "verbose_name": "Nachricht einer Anfrage",
                "verbose_name_plural": "Nachrichten einer Anfrage",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.AddIndex(
            model_name="enquiry",
            index=models.Index(fields=["state", "changed_at"], name="enquiry_queue"),
        ),
    ]
