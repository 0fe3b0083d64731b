import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("stakeholders", "0020_mails_written_later"),
    ]

    operations = [
        migrations.AddField(
            model_name="stakeholder",
            name="mail_bounce_words",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="Meldung des Mailservers"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="mail_bounced_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="Adresse unzustellbar seit"),
        ),
        migrations.AddIndex(
            model_name="stakeholder",
            index=models.Index(
                condition=models.Q(("mail_bounced_at__isnull", False)),
                fields=["mail_bounced_at"],
                name="stakeholder_bounced",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="stakeholder",
            trigger=pgtrigger.compiler.Trigger(
                name="new_address",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email"))',
                    func="NEW.mail_bounced_at = NULL; NEW.mail_bounce_words = ''; RETURN NEW;",
                    hash="034ea8b4845ed26af25773d1d9308f0a4ff244a0",
                    operation='UPDATE OF "email"',
                    pgid="pgtrigger_new_address_08b3a",
                    table="stakeholders_stakeholder",
                    when="BEFORE",
                ),
            ),
        ),
    ]
