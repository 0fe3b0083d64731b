import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0005_archived_conversations"),
    ]

    operations = [
        migrations.AddField(
            model_name="thesis",
            name="assigned_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="in Arbeit bei",
            ),
        ),
        migrations.AddField(
            model_name="thesis",
            name="hides_shares",
            field=models.BooleanField(
                default=True,
                help_text="Damit sich niemand mitziehen lässt.",
                verbose_name="Ergebnis erst nach eigener Haltung zeigen",
            ),
        ),
        migrations.AddField(
            model_name="thesis",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged",
                to="theses.thesis",
                verbose_name="zusammengeführt mit",
            ),
        ),
        migrations.AddField(
            model_name="thesis",
            name="split_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="parts",
                to="theses.thesis",
                verbose_name="abgeteilt von",
            ),
        ),
        migrations.AddField(
            model_name="thesis",
            name="topic",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="theses",
                to="stakeholders.topic",
                verbose_name="Thema",
            ),
        ),
        migrations.AddField(
            model_name="thesis",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="Fassung"),
        ),
        migrations.AlterField(
            model_name="thesis",
            name="state",
            field=models.CharField(
                choices=[
                    ("submitted", "eingereicht"),
                    ("returned", "zur Überarbeitung zurückgegeben"),
                    ("published", "veröffentlicht"),
                    ("declined", "nicht veröffentlicht"),
                    ("closed", "abgeschlossen"),
                    ("merged", "mit einer anderen zusammengeführt"),
                ],
                default="submitted",
                max_length=12,
                verbose_name="Stand",
            ),
        ),
    ]
