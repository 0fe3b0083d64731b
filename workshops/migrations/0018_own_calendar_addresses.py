import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0017_revised_registrations"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(default=1)),
                ("renewed_at", models.DateTimeField(auto_now=True, verbose_name="erneuert am")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_address",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Akteurin / Akteur",
                    ),
                ),
            ],
            options={
                "verbose_name": "Adresse des eigenen Kalenders",
                "verbose_name_plural": "Adressen der eigenen Kalender",
            },
        ),
    ]
