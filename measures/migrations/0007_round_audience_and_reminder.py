import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0006_fit_assessments"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="assessmentround",
            name="rules_fixed",
        ),
        migrations.AddField(
            model_name="assessmentround",
            name="announced_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="Eröffnung mitgeteilt am"),
        ),
        migrations.AddField(
            model_name="assessmentround",
            name="audience",
            field=models.ForeignKey(
                blank=True,
                help_text="Wer zur Eröffnung und zur Erinnerung Post erhält. Bewerten dürfen alle Akteurinnen und Akteure.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="stakeholders.selection",
                verbose_name="eingeladene Auswahl",
            ),
        ),
        migrations.AddField(
            model_name="assessmentround",
            name="remind_at",
            field=models.DateTimeField(
                blank=True,
                help_text="nur wer eingeladen ist und noch nichts bewertet hat",
                null=True,
                verbose_name="erinnern am",
            ),
        ),
        migrations.AddField(
            model_name="assessmentround",
            name="reminded_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="erinnert am"),
        ),
        migrations.AddField(
            model_name="assessmentround",
            name="shows_aggregates",
            field=models.BooleanField(
                default=False,
                help_text="Nur Mittel und Streuung, nie einzelne Antworten. Berichtet werden erste und letzte Antwort.",
                verbose_name="nach der eigenen Bewertung zeigen, wie andere bewerten",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessmentround",
            trigger=pgtrigger.compiler.Trigger(
                name="rules_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT (OLD."state" = \'draft\') AND (OLD."min_raters" IS DISTINCT FROM (NEW."min_raters") OR OLD."min_groups" IS DISTINCT FROM (NEW."min_groups") OR OLD."top" IS DISTINCT FROM (NEW."top") OR OLD."cap_organisations" IS DISTINCT FROM (NEW."cap_organisations") OR OLD."shows_aggregates" IS DISTINCT FROM (NEW."shows_aggregates") OR OLD."seed" IS DISTINCT FROM (NEW."seed")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="ff0a6f53a31f9b3c2b7af6630e542ac7bbfe217a",
                    operation="UPDATE",
                    pgid="pgtrigger_rules_fixed_74f7c",
                    table="measures_assessmentround",
                    when="BEFORE",
                ),
            ),
        ),
    ]
