import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workshops", "0016_revised_events"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="calendar_sequence",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="registration",
            name="entry_changed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="registration",
            trigger=pgtrigger.compiler.Trigger(
                name="entry_changed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    NEW.calendar_sequence = OLD.calendar_sequence;\n                    NEW.entry_changed_at = OLD.entry_changed_at;\n                    IF (NEW.state, NEW.arrival, NEW.kind) <> (OLD.state, OLD.arrival, OLD.kind) THEN\n                        NEW.calendar_sequence = OLD.calendar_sequence + 1;\n                        NEW.entry_changed_at = now();\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="54e2951773faa6b526c6a8517f12e7e1fe8222de",
                    operation="UPDATE",
                    pgid="pgtrigger_entry_changed_4da9c",
                    table="workshops_registration",
                    when="BEFORE",
                ),
            ),
        ),
    ]
