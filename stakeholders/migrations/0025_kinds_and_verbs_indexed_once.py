from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("stakeholders", "0024_activity_rewrites_no_index"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="verb",
            field=models.CharField(max_length=60, verbose_name="Vorgang"),
        ),
        migrations.AlterField(
            model_name="outgoingmail",
            name="kind",
            field=models.CharField(max_length=60, verbose_name="Art"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["verb"], name="audit_verb"),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["kind"], name="mail_kind"),
        ),
    ]
