from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("workshops", "0014_reminders_as_rows")]

    operations = [
        migrations.RemoveField(model_name="workshop", name="remind_hours_before"),
        migrations.RemoveField(model_name="workshop", name="reminded_at"),
    ]
