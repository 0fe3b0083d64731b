import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0018_own_calendar_addresses"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="workshop",
            index=models.Index(fields=["ends_at", "id"], name="workshop_end"),
        ),
        migrations.AddIndex(
            model_name="workshop",
            index=django.contrib.postgres.indexes.GistIndex(
                models.Func(
                    models.F("starts_at"),
                    models.F("ends_at"),
                    models.Value("[]"),
                    function="tstzrange",
                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                ),
                name="workshop_span",
            ),
        ),
    ]
