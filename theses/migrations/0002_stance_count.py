from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def count_stances(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What `StanceQuerySet.counted` counts, for the theses that have any."""
    stances = apps.get_model("theses", "Stance").objects.filter(person__is_active=True, person__role="stakeholder")
    theses = apps.get_model("theses", "Thesis").objects
    for thesis, number in stances.values_list("thesis").annotate(models.Count("pk")):
        theses.filter(pk=thesis).update(stance_count=number)


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0001_initial"),
        ("stakeholders", "0001_initial"),
        ("theses", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="thesis",
            name="stance_count",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="Haltungen"),
        ),
        migrations.RunPython(count_stances, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="thesis",
            index=models.Index(fields=["-stance_count", "-published_at"], name="thesis_most_stances"),
        ),
    ]
