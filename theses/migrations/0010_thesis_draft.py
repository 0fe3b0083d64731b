import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0009_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThesisDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fields", models.JSONField(default=dict, verbose_name="Angaben")),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="gespeichert am")),
                (
                    "author",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thesis_draft",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Entwurf einer These",
                "verbose_name_plural": "Entwürfe von Thesen",
            },
        ),
    ]
