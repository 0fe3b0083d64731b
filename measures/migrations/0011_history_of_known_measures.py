"""Measures from before the history was kept get their first version: as they are, dated with their last change."""

from typing import Any

from django.db import migrations

KNOWN = "known"
FIELDS = (
    "created_at, description, description_en, field_of_action_id, id, position, publish_at, published, slug, source, "
    "source_url, status, summary, summary_en, title, title_en"
)


def begin_histories(_apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(
        f"INSERT INTO measures_measureevent ({FIELDS}, pgh_created_at, pgh_label, pgh_obj_id) "  # noqa: S608
        f"SELECT {FIELDS}, changed_at, %s, id FROM measures_measure WHERE NOT EXISTS "
        "(SELECT 1 FROM measures_measureevent WHERE pgh_obj_id = measures_measure.id) ORDER BY id",
        [KNOWN],
    )


def forget_beginnings(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("measures", "MeasureEvent").objects.filter(pgh_label=KNOWN).delete()


class Migration(migrations.Migration):
    dependencies = [("measures", "0010_report_links")]
    operations = [migrations.RunPython(begin_histories, forget_beginnings)]
