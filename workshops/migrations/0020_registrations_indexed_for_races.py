import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0023_each_column_indexed_once"),
        ("workshops", "0019_months_and_ends_indexed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="registration",
            name="workshop",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="registrations",
                to="workshops.workshop",
                verbose_name="Veranstaltung",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("is_entitled", True), ("state", "waiting")),
                fields=["workshop", "kind"],
                name="registration_entitled",
            ),
        ),
    ]
