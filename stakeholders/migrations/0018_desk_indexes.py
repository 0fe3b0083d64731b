import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("stakeholders", "0017_import_file_and_consent_of_contacts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["kind", "person", "last_at"], name="activity_of_person"),
        ),
        migrations.AddIndex(
            model_name="stakeholder",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("email", "gin_trgm_ops"), name="stakeholder_email_trigram"
            ),
        ),
        migrations.AddIndex(
            model_name="stakeholder",
            index=models.Index(fields=["last_name", "first_name", "id"], name="stakeholder_by_name"),
        ),
    ]
