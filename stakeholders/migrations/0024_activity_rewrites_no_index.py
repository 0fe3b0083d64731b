from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0023_each_column_indexed_once"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="stakeholder",
            name="stakeholder_last_active",
        ),
        # A row that changes can only leave the indexes alone if its page has room for the new one.
        migrations.RunSQL(
            "ALTER TABLE stakeholders_stakeholder SET (fillfactor = 80)",
            "ALTER TABLE stakeholders_stakeholder RESET (fillfactor)",
        ),
    ]
