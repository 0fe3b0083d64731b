import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0006_series_of_events"),
    ]

    operations = [
        migrations.AddField(
            model_name="workshop",
            name="assessment_round",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="workshops",
                to="measures.assessmentround",
                verbose_name="Bewertungsrunde",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="companions",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="Begleitpersonen je Anmeldung"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="confirm_hours",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="ohne Angabe gilt der Platz sofort",
                null=True,
                verbose_name="Stunden, um einen nachgerückten Platz zu bestätigen",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="description_en",
            field=models.TextField(blank=True, verbose_name="Beschreibung (englisch, Markdown)"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="map_url",
            field=models.URLField(blank=True, verbose_name="Adresse einer Karte"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="mode",
            field=models.CharField(
                choices=[("on_site", "vor Ort"), ("online", "online"), ("hybrid", "vor Ort und online")],
                default="on_site",
                max_length=7,
                verbose_name="Teilnahme",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="moves_up_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="nachrücken bis"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="needs_approval",
            field=models.BooleanField(default=False, verbose_name="das Projektbüro bestätigt jede Anmeldung"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="online_capacity",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="nur wenn man vor Ort und online teilnehmen kann",
                null=True,
                verbose_name="Plätze online",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="reserved",
            field=models.PositiveIntegerField(
                default=0,
                help_text="vor Ort, für Eingeladene und für das Projektbüro",
                verbose_name="davon zurückgehalten",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="room",
            field=models.CharField(blank=True, max_length=100, verbose_name="Raum"),
        ),
        migrations.AddField(
            model_name="workshop",
            name="theses",
            field=models.ManyToManyField(
                blank=True, related_name="workshops", to="theses.thesis", verbose_name="Thesen"
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="topics",
            field=models.ManyToManyField(
                blank=True, related_name="workshops", to="stakeholders.topic", verbose_name="Themen"
            ),
        ),
        migrations.AlterField(
            model_name="workshop",
            name="capacity",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="vor Ort, oder online bei einem reinen Online-Treffen",
                null=True,
                verbose_name="Plätze",
            ),
        ),
        migrations.AlterField(
            model_name="workshop",
            name="organisation_quota",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Personen und Begleitung; gilt für Anmeldungen und für die Auslosung von Einladungen",
                null=True,
                verbose_name="höchstens je Organisation",
            ),
        ),
        migrations.AlterField(
            model_name="workshop",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Entwurf"),
                    ("published", "veröffentlicht"),
                    ("postponed", "verschoben"),
                    ("cancelled", "abgesagt"),
                ],
                default="draft",
                max_length=12,
                verbose_name="Stand",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="workshops",
                to="workshops.series",
                verbose_name="Reihe",
            ),
        ),
    ]
