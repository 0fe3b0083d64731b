import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0016_partners_of_measures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="Titel")),
                ("title_en", models.CharField(blank=True, max_length=160, verbose_name="Titel (englisch)")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="geplant bis")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="erreicht am")),
                (
                    "noted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="als erreicht eingetragen am"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="Reihenfolge")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="measures.measure",
                        verbose_name="Maßnahme",
                    ),
                ),
            ],
            options={
                "verbose_name": "Meilenstein",
                "verbose_name_plural": "Meilensteine",
                "ordering": ("position", "due_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", True), ("noted_at__isnull", True)),
                            models.Q(("done_on__isnull", False), ("noted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="milestone_done_with_its_time",
                    )
                ],
            },
        ),
    ]
