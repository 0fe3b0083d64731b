import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0018_agenda_without_author"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="thesis",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("sentence", "gin_trgm_ops"), name="thesis_sentence_trigrams"
            ),
        ),
    ]
