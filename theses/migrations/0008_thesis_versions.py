import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("theses", "0007_stance_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="ThesisVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="Fassung")),
                ("sentence", models.CharField(max_length=280, verbose_name="These")),
                ("reason", models.TextField(verbose_name="Begründung")),
                ("change", models.CharField(blank=True, max_length=300, verbose_name="Was sich ändert")),
                ("substantial", models.BooleanField(default=False, verbose_name="wesentliche Änderung")),
                ("fingerprint", models.CharField(max_length=71, verbose_name="Prüfsumme")),
                ("at", models.DateTimeField(verbose_name="veröffentlicht am")),
                (
                    "thesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="theses.thesis",
                        verbose_name="These",
                    ),
                ),
            ],
            options={
                "verbose_name": "Fassung einer These",
                "verbose_name_plural": "Fassungen von Thesen",
                "ordering": ("thesis", "-number"),
                "constraints": [models.UniqueConstraint(fields=("thesis", "number"), name="thesis_version_unique")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="thesisversion",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="042c62d4ef7e602cd491ad682bf43f7a040fecb6",
                    operation="UPDATE",
                    pgid="pgtrigger_append_only_6fd7e",
                    table="theses_thesisversion",
                    when="BEFORE",
                ),
            ),
        ),
    ]
