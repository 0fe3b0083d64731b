import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0009_reasons_of_assessments"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token_hash",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="Prüfsumme des Links"),
                ),
                ("purpose", models.CharField(max_length=120, verbose_name="Wofür")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
                ("expires_at", models.DateTimeField(verbose_name="gültig bis")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="beendet am")),
                ("used_count", models.PositiveIntegerField(default=0, verbose_name="Aufrufe")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="zuletzt aufgerufen")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="angelegt von",
                    ),
                ),
                (
                    "ranking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="measures.ranking",
                        verbose_name="Priorisierung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Link zu einem Bericht",
                "verbose_name_plural": "Links zu Berichten",
                "ordering": ("-created_at", "-pk"),
            },
        ),
    ]
