import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0012_newsletter"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consentevent",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web", "über das Portal"),
                    ("email", "per E-Mail"),
                    ("phone", "am Telefon"),
                    ("letter", "per Brief"),
                    ("in_person", "im Gespräch"),
                    ("import", "aus einer Liste"),
                ],
                default="web",
                max_length=20,
                verbose_name="Weg",
            ),
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consent_events",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Person",
            ),
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("privacy_notice", "Datenschutzhinweise zur Kenntnis genommen"),
                    ("newsletter", "Rundbrief"),
                    ("visibility", "Angaben für andere sichtbar"),
                ],
                max_length=30,
                verbose_name="Zweck",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="consentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="no_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a582273d616640798fc78097ea55aaf3cd7beadb",
                    operation="UPDATE",
                    pgid="pgtrigger_no_change_bcd70",
                    table="stakeholders_consentevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="text",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="stakeholders.legaltext",
                verbose_name="Wortlaut",
            ),
        ),
        migrations.AddField(
            model_name="consentevent",
            name="subscription",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consent_events",
                to="stakeholders.subscription",
                verbose_name="Abonnement",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("person__isnull", False), ("subscription__isnull", False), _connector="OR"),
                name="consent_of_somebody",
            ),
        ),
    ]
