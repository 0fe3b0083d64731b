import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0009_deputies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="Titel (englisch)")),
                ("summary", models.TextField(blank=True, max_length=600, verbose_name="Worum es geht")),
                ("summary_en", models.TextField(blank=True, max_length=600, verbose_name="Worum es geht (englisch)")),
                ("speakers", models.CharField(blank=True, max_length=300, verbose_name="Es sprechen")),
                ("room", models.CharField(blank=True, max_length=100, verbose_name="Raum")),
                ("starts_at", models.DateTimeField(verbose_name="Beginn")),
                ("ends_at", models.DateTimeField(verbose_name="Ende")),
                ("own_registration", models.BooleanField(default=False, verbose_name="mit eigener Anmeldung")),
                ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="Plätze")),
                (
                    "is_pitch",
                    models.BooleanField(default=False, verbose_name="Beitrag, über den das Publikum abstimmt"),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="workshops.workshop",
                        verbose_name="Veranstaltung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Programmpunkt",
                "verbose_name_plural": "Programmpunkte",
                "ordering": ("starts_at", "room", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PitchVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now=True, verbose_name="abgestimmt am")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pitch_votes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Akteurin / Akteur",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="workshops.workshop",
                        verbose_name="Veranstaltung",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="workshops.session",
                        verbose_name="Beitrag",
                    ),
                ),
            ],
            options={
                "verbose_name": "Stimme des Publikums",
                "verbose_name_plural": "Stimmen des Publikums",
            },
        ),
        migrations.CreateModel(
            name="SessionPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="seit")),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="session_places",
                        to="workshops.registration",
                        verbose_name="Anmeldung",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="workshops.session",
                        verbose_name="Programmpunkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "Platz im Programm",
                "verbose_name_plural": "Plätze im Programm",
            },
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="session_ends_after_start",
                violation_error_message="Das Ende muss nach dem Beginn liegen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pitchvote",
            constraint=models.UniqueConstraint(fields=("workshop", "person"), name="pitch_vote_unique"),
        ),
        migrations.AddConstraint(
            model_name="sessionplace",
            constraint=models.UniqueConstraint(fields=("session", "registration"), name="session_place_unique"),
        ),
    ]
