import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0017_version_proposals"),
        ("workshops", "0002_recorded_by_the_office"),
    ]

    operations = [
        migrations.AddField(
            model_name="workshop",
            name="agenda",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="workshops",
                to="theses.agenda",
                verbose_name="Tagesordnung",
            ),
        ),
    ]
