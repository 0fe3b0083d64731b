import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0004_limit_of_organisations"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="is_draft",
            field=models.BooleanField(default=False, verbose_name="noch nicht versandt"),
        ),
        migrations.CreateModel(
            name="InvitationWave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="Welle")),
                ("places", models.PositiveIntegerField(blank=True, null=True, verbose_name="Plätze")),
                ("quotas", models.JSONField(blank=True, default=list, verbose_name="Quoten")),
                ("seed", models.PositiveIntegerField(default=1, verbose_name="Startwert der Auslosung")),
                ("protocol", models.JSONField(blank=True, null=True, verbose_name="Protokoll")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="versandt am")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="erinnert am")),
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
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waves",
                        to="workshops.workshop",
                        verbose_name="Veranstaltung",
                    ),
                ),
            ],
            options={
                "verbose_name": "Einladungswelle",
                "verbose_name_plural": "Einladungswellen",
                "ordering": ("workshop", "number"),
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="wave",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="workshops.invitationwave",
                verbose_name="Welle",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationwave",
            constraint=models.UniqueConstraint(fields=("workshop", "number"), name="wave_unique"),
        ),
    ]
