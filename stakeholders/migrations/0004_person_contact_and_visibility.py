import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0003_organisation_kind_merging_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="stakeholder",
            name="claimed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="Zugang übernommen am"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="form_of_address",
            field=models.CharField(blank=True, max_length=40, verbose_name="Anrede"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="function",
            field=models.CharField(blank=True, max_length=120, verbose_name="Funktion"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="last_active_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="zuletzt aktiv am"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="legal_basis",
            field=models.CharField(
                choices=[
                    ("public_task", "öffentliche Aufgabe (Art. 6 Abs. 1 Buchst. e DSGVO)"),
                    ("consent", "Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO)"),
                ],
                default="public_task",
                max_length=12,
                verbose_name="Rechtsgrundlage",
            ),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="origin",
            field=models.CharField(
                choices=[
                    ("self", "selbst registriert"),
                    ("office", "vom Projektbüro erfasst"),
                    ("import", "aus einer Liste übernommen"),
                ],
                default="self",
                editable=False,
                max_length=6,
                verbose_name="Herkunft",
            ),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="profile_version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="shows_district",
            field=models.BooleanField(default=False, verbose_name="meinen Kreis"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="shows_function",
            field=models.BooleanField(default=False, verbose_name="meine Funktion"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="shows_group",
            field=models.BooleanField(default=False, verbose_name="meine Akteursgruppe"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="shows_organisation",
            field=models.BooleanField(default=False, verbose_name="meine Organisation"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="source",
            field=models.CharField(blank=True, max_length=200, verbose_name="Herkunft der Angaben"),
        ),
        migrations.AlterField(
            model_name="stakeholder",
            name="email",
            field=models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name="E-Mail-Adresse"),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="tags",
            field=models.ManyToManyField(
                blank=True, related_name="people", to="stakeholders.tag", verbose_name="Schlagwörter"
            ),
        ),
        migrations.AddField(
            model_name="stakeholder",
            name="topics",
            field=models.ManyToManyField(
                blank=True, related_name="people", to="stakeholders.topic", verbose_name="Themen"
            ),
        ),
        migrations.AddIndex(
            model_name="stakeholder",
            index=models.Index(fields=["last_active_at"], name="stakeholder_last_active"),
        ),
        migrations.AddIndex(
            model_name="stakeholder",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower(
                        django.db.models.functions.text.Concat("first_name", models.Value(" "), "last_name")
                    ),
                    "gin_trgm_ops",
                ),
                name="stakeholder_name_trigram",
            ),
        ),
    ]
