import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0007_round_audience_and_reminder"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web", "über das Portal"),
                    ("email", "per E-Mail"),
                    ("phone", "am Telefon"),
                    ("letter", "per Brief"),
                    ("in_person", "im Gespräch"),
                    ("import", "aus einer Liste"),
                ],
                default="web",
                editable=False,
                max_length=9,
                verbose_name="Weg",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="erfasst von",
            ),
        ),
    ]
