import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import workshops.models.workshop


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0015_without_the_one_reminder"),
    ]

    operations = [
        migrations.AddField(
            model_name="workshop",
            name="entry_changed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AlterField(
            model_name="workshop",
            name="slug",
            field=models.SlugField(max_length=120, unique=True, validators=[workshops.models.workshop.check_slug]),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workshop",
            trigger=pgtrigger.compiler.Trigger(
                name="entry_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    NEW.entry_changed_at = OLD.entry_changed_at;\n                    IF NEW.calendar_sequence <> OLD.calendar_sequence THEN NEW.entry_changed_at = now(); END IF;\n                    RETURN NEW;\n                ",
                    hash="24bb1609c7e8e9fd2e096da17a09e8ffb3370988",
                    operation="UPDATE",
                    pgid="pgtrigger_entry_changed_a9251",
                    table="workshops_workshop",
                    when="BEFORE",
                ),
            ),
        ),
    ]
