import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0007_kinds_of_places_and_relations"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="attended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="teilgenommen am"),
        ),
        migrations.AddField(
            model_name="registration",
            name="companions",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="Begleitpersonen"),
        ),
        migrations.AddField(
            model_name="registration",
            name="confirm_by",
            field=models.DateTimeField(blank=True, null=True, verbose_name="zu bestätigen bis"),
        ),
        migrations.AddField(
            model_name="registration",
            name="is_entitled",
            field=models.BooleanField(default=False, verbose_name="darf zurückgehaltene Plätze nutzen"),
        ),
        migrations.AddField(
            model_name="registration",
            name="kind",
            field=models.CharField(
                choices=[("on_site", "vor Ort"), ("online", "online")],
                default="on_site",
                max_length=7,
                verbose_name="Teilnahme",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="mandate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="stakeholders.mandate",
                verbose_name="Mandat",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="stakeholders.organisation",
                verbose_name="für Organisation",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="refusal_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="Grund der Ablehnung"),
        ),
        migrations.AlterField(
            model_name="registration",
            name="state",
            field=models.CharField(
                choices=[
                    ("requested", "wartet auf die Bestätigung des Projektbüros"),
                    ("confirmed", "angemeldet"),
                    ("offered", "nachgerückt, noch nicht bestätigt"),
                    ("waiting", "auf der Warteliste"),
                    ("cancelled", "abgemeldet"),
                    ("refused", "nicht zugelassen"),
                ],
                max_length=10,
                verbose_name="Stand",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("state__in", ("confirmed", "offered"))),
                fields=["workshop", "kind"],
                include=("companions", "is_entitled"),
                name="registration_holding",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("state", "offered")), fields=["confirm_by"], name="registration_offers"
            ),
        ),
    ]
