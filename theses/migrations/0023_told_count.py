from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("theses", "0022_digest_end")]

    operations = [
        migrations.AddField(
            model_name="thesis",
            name="told_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="gezeigte Haltungen"),
        ),
    ]
