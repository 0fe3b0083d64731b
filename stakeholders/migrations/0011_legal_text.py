import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0010_contact_import"),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("imprint", "Impressum"),
                            ("privacy", "Datenschutzhinweise"),
                            ("accessibility", "Erklärung zur Barrierefreiheit"),
                            ("easy_language", "Leichte Sprache"),
                            ("security", "security.txt"),
                            ("guidelines", "Regeln für Beiträge"),
                            ("consent_newsletter", "Einwilligung: Rundbrief"),
                            ("consent_visibility", "Einwilligung: Sichtbarkeit für andere"),
                        ],
                        max_length=20,
                        verbose_name="Text",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("de", "Deutsch"), ("en", "English")],
                        default="de",
                        max_length=2,
                        verbose_name="Sprache",
                    ),
                ),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="Fassung")),
                ("title", models.CharField(max_length=120, verbose_name="Überschrift")),
                (
                    "body",
                    models.TextField(
                        help_text="Markdown: Überschriften mit ##, Listen mit -, Verweise [Text](Adresse).",
                        verbose_name="Text",
                    ),
                ),
                ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="veröffentlicht am")),
                (
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="veröffentlicht von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Fassung eines Textes",
                "verbose_name_plural": "Texte und ihre Fassungen",
                "ordering": ("name", "language", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("name", "language", "number"), name="legal_text_unique")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="legaltext",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4195e0adcd2ed441c6aa927c1b51acdc0e7b30ba",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_907f4",
                    table="stakeholders_legaltext",
                    when="BEFORE",
                ),
            ),
        ),
    ]
