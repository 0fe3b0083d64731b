import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0006_group_change"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "eingeladen"),
                            ("registered", "angemeldet"),
                            ("attended", "teilgenommen"),
                            ("contributed", "beigetragen"),
                            ("took_stance", "Haltung bezogen"),
                            ("assessed", "bewertet"),
                        ],
                        max_length=12,
                        verbose_name="Art",
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="Schlüssel")),
                ("label", models.CharField(max_length=300, verbose_name="Gegenstand")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="Adresse")),
                ("first_at", models.DateTimeField(verbose_name="zuerst am")),
                ("last_at", models.DateTimeField(verbose_name="zuletzt am")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={
                "verbose_name": "Mitwirkung",
                "verbose_name_plural": "Mitwirkungen",
                "ordering": ("-last_at", "-pk"),
                "indexes": [models.Index(fields=["kind", "key"], name="activity_of_thing")],
                "constraints": [models.UniqueConstraint(fields=("person", "kind", "key"), name="activity_unique")],
            },
        ),
    ]
