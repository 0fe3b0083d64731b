import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0003_former_raters"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("stakeholders", "0019_language_of_content_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="MeasureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, max_length=120, verbose_name="Kurzname in der Adresse")),
                ("title", models.CharField(max_length=200, verbose_name="Titel")),
                ("title_en", models.CharField(blank=True, max_length=200, verbose_name="Titel (englisch)")),
                ("summary", models.TextField(max_length=600, verbose_name="Kurzfassung")),
                ("summary_en", models.TextField(blank=True, max_length=600, verbose_name="Kurzfassung (englisch)")),
                ("description", models.TextField(blank=True, verbose_name="Beschreibung (Markdown)")),
                ("description_en", models.TextField(blank=True, verbose_name="Beschreibung (englisch, Markdown)")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "vorgeschlagen"),
                            ("in_review", "in Prüfung"),
                            ("prioritised", "priorisiert"),
                            ("concept", "Konzept in Arbeit"),
                            ("in_implementation", "in Umsetzung"),
                            ("done", "umgesetzt"),
                            ("not_pursued", "nicht weiterverfolgt"),
                        ],
                        default="proposed",
                        max_length=20,
                        verbose_name="Stand",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="Quelle")),
                ("source_url", models.URLField(blank=True, verbose_name="Adresse der Quelle")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                ("published", models.BooleanField(default=True, verbose_name="veröffentlicht")),
                ("publish_at", models.DateTimeField(blank=True, null=True, verbose_name="veröffentlichen am")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="measure",
            name="districts",
            field=models.ManyToManyField(
                blank=True,
                help_text="ohne Auswahl: ganz Sachsen",
                related_name="measures",
                to="stakeholders.district",
                verbose_name="Kreise",
            ),
        ),
        migrations.AddField(
            model_name="measure",
            name="publish_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="veröffentlichen am"),
        ),
        migrations.AddField(
            model_name="measure",
            name="related",
            field=models.ManyToManyField(blank=True, to="measures.measure", verbose_name="verwandte Maßnahmen"),
        ),
        migrations.AddField(
            model_name="measure",
            name="topics",
            field=models.ManyToManyField(
                blank=True, related_name="measures", to="stakeholders.topic", verbose_name="Themen"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "measures_measureevent" ("created_at", "description", "description_en", "field_of_action_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "publish_at", "published", "slug", "source", "source_url", "status", "summary", "summary_en", "title", "title_en") VALUES (NEW."created_at", NEW."description", NEW."description_en", NEW."field_of_action_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."publish_at", NEW."published", NEW."slug", NEW."source", NEW."source_url", NEW."status", NEW."summary", NEW."summary_en", NEW."title", NEW."title_en"); RETURN NULL;',
                    hash="770dfa8bfc69554f2d54dd1915ae575f50f76c7f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e26a2",
                    table="measures_measure",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="measure",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."description_en" IS DISTINCT FROM (NEW."description_en") OR OLD."field_of_action_id" IS DISTINCT FROM (NEW."field_of_action_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."publish_at" IS DISTINCT FROM (NEW."publish_at") OR OLD."published" IS DISTINCT FROM (NEW."published") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."source_url" IS DISTINCT FROM (NEW."source_url") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."summary_en" IS DISTINCT FROM (NEW."summary_en") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."title_en" IS DISTINCT FROM (NEW."title_en"))',
                    func='INSERT INTO "measures_measureevent" ("created_at", "description", "description_en", "field_of_action_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "publish_at", "published", "slug", "source", "source_url", "status", "summary", "summary_en", "title", "title_en") VALUES (NEW."created_at", NEW."description", NEW."description_en", NEW."field_of_action_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."publish_at", NEW."published", NEW."slug", NEW."source", NEW."source_url", NEW."status", NEW."summary", NEW."summary_en", NEW."title", NEW."title_en"); RETURN NULL;',
                    hash="5c3203e7544adbaa2c1ddc9bceb4535c9939082e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_fd347",
                    table="measures_measure",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="field_of_action",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="measures.fieldofaction",
                verbose_name="Handlungsfeld",
            ),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="measureevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="measures.measure",
            ),
        ),
    ]
