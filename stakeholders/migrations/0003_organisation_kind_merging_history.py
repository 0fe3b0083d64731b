import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("stakeholders", "0002_topics_and_tags"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganisationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("slug", models.SlugField(db_index=False, editable=False, max_length=160)),
                ("name", models.CharField(max_length=160, verbose_name="Name")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("company", "Unternehmen"),
                            ("association", "Verband oder Verein"),
                            ("union", "Gewerkschaft"),
                            ("chamber", "Kammer"),
                            ("science", "Hochschule oder Forschungseinrichtung"),
                            ("authority", "Behörde oder öffentliche Einrichtung"),
                            ("other", "andere Organisation"),
                        ],
                        max_length=12,
                        verbose_name="Art",
                    ),
                ),
                (
                    "size_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "bis 9 Beschäftigte"),
                            ("small", "10 bis 49 Beschäftigte"),
                            ("medium", "50 bis 249 Beschäftigte"),
                            ("large", "250 und mehr Beschäftigte"),
                        ],
                        max_length=6,
                        verbose_name="Größenklasse",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="Internetseite")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="angelegt am")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("company", "Unternehmen"),
                    ("association", "Verband oder Verein"),
                    ("union", "Gewerkschaft"),
                    ("chamber", "Kammer"),
                    ("science", "Hochschule oder Forschungseinrichtung"),
                    ("authority", "Behörde oder öffentliche Einrichtung"),
                    ("other", "andere Organisation"),
                ],
                max_length=12,
                verbose_name="Art",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged",
                to="stakeholders.organisation",
                verbose_name="zusammengeführt mit",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="size_class",
            field=models.CharField(
                blank=True,
                choices=[
                    ("micro", "bis 9 Beschäftigte"),
                    ("small", "10 bis 49 Beschäftigte"),
                    ("medium", "50 bis 249 Beschäftigte"),
                    ("large", "250 und mehr Beschäftigte"),
                ],
                max_length=6,
                verbose_name="Größenklasse",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "stakeholders_organisationevent" ("created_at", "district_id", "group_id", "id", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "size_class", "slug", "website") VALUES (NEW."created_at", NEW."district_id", NEW."group_id", NEW."id", NEW."kind", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."size_class", NEW."slug", NEW."website"); RETURN NULL;',
                    hash="5a765be0f0763419f2a61fd1446423117c71c414",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d3e3d",
                    table="stakeholders_organisation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="organisation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."district_id" IS DISTINCT FROM (NEW."district_id") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."size_class" IS DISTINCT FROM (NEW."size_class") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."website" IS DISTINCT FROM (NEW."website"))',
                    func='INSERT INTO "stakeholders_organisationevent" ("created_at", "district_id", "group_id", "id", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "size_class", "slug", "website") VALUES (NEW."created_at", NEW."district_id", NEW."group_id", NEW."id", NEW."kind", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."size_class", NEW."slug", NEW."website"); RETURN NULL;',
                    hash="0f200c4f3624337683e3b60c546803a759a30e9f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7dac7",
                    table="stakeholders_organisation",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="district",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="stakeholders.district",
                verbose_name="Kreis",
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="stakeholders.stakeholdergroup",
                verbose_name="Akteursgruppe",
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="stakeholders.organisation",
                verbose_name="zusammengeführt mit",
            ),
        ),
        migrations.AddField(
            model_name="organisationevent",
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
            model_name="organisationevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="stakeholders.organisation",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="tags",
            field=models.ManyToManyField(
                blank=True, related_name="organisations", to="stakeholders.tag", verbose_name="Schlagwörter"
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("name", "gin_trgm_ops"), name="organisation_name_trigram"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                name="organisation_not_merged_into_itself",
            ),
        ),
    ]
