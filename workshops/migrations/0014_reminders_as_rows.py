from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_rows(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The one reminder that an event had becomes a row, posted if it was."""
    workshops = apps.get_model("workshops", "Workshop").objects.filter(remind_hours_before__isnull=False)
    reminders = apps.get_model("workshops", "Reminder").objects
    reminders.bulk_create(
        reminders.model(
            workshop_id=pk, anchor="start", hours=-min(hours, 2000), audience="registered", posted_at=posted_at
        )
        for pk, hours, posted_at in workshops.values_list("pk", "remind_hours_before", "reminded_at")
    )


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The first such row of each event goes back into its fields; others have no place there."""
    workshops = apps.get_model("workshops", "Workshop").objects
    rows = apps.get_model("workshops", "Reminder").objects.filter(
        anchor="start", hours__lt=0, audience="registered", text="", kind="", session=None
    )
    workshops.update(remind_hours_before=None, reminded_at=None)
    for pk, hours, posted_at in rows.order_by("-pk").values_list("workshop", "hours", "posted_at"):
        workshops.filter(pk=pk).update(remind_hours_before=-hours, reminded_at=posted_at)
    rows.delete()


class Migration(migrations.Migration):
    dependencies = [("workshops", "0013_withdrawn_deputies")]

    operations = [migrations.RunPython(write_rows, take_back)]
