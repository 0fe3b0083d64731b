from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("theses", "0023_told_count")]

    operations = [
        migrations.AddField(
            model_name="thesis",
            name="stances_changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="letzte Haltung"),
        ),
    ]
