"""The column that forgives slips also holds the English summary; a generated column cannot be altered, so it is new."""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models.functions import Concat


class Migration(migrations.Migration):
    dependencies = [("measures", "0013_guidelines_and_recommendations")]
    operations = [
        migrations.RemoveIndex("measure", "measure_search_text"),
        migrations.RemoveField("measure", "search_text"),
        migrations.AddField(
            "measure",
            "search_text",
            models.GeneratedField(
                db_persist=True,
                expression=Concat(
                    "title",
                    models.Value(" "),
                    "title_en",
                    models.Value(" "),
                    "summary",
                    models.Value(" "),
                    "summary_en",
                    output_field=models.TextField(),
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            "measure",
            django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("search_text", "gin_trgm_ops"), name="measure_search_text"
            ),
        ),
    ]
