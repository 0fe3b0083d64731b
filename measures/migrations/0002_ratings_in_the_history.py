from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.models import Max, Min, OuterRef, Subquery
from django.db.models.functions import Greatest

ASSESSED = "assessed"


def tell_ratings(apps: Apps, schema_editor: Any) -> None:
    """Whoever rated before the history was kept counts as having rated: their group changes only by the office's word."""
    activities = apps.get_model("stakeholders", "Activity").objects
    people = apps.get_model("stakeholders", "Stakeholder").objects
    assessments = apps.get_model("measures", "Assessment").objects
    rated = assessments.order_by().values("rater_id", "round_id", "round__slug", "round__title")
    activities.bulk_create(
        (
            activities.model(
                person_id=row["rater_id"],
                kind=ASSESSED,
                key=f"round:{row['round_id']}",
                label=row["round__title"],
                address=f"/bewertung/{row['round__slug']}/",
                first_at=row["first_at"],
                last_at=row["last_at"],
            )
            for row in rated.annotate(first_at=Min("created_at"), last_at=Max("changed_at"))
        ),
        batch_size=2000,
        ignore_conflicts=True,
    )
    own = assessments.filter(rater=OuterRef("pk")).order_by("-changed_at").values("changed_at")[:1]
    raters = people.filter(assessments__isnull=False).values("pk")
    people.filter(pk__in=raters).update(last_active_at=Greatest("last_active_at", Subquery(own)))


def forget_ratings(apps: Apps, schema_editor: Any) -> None:
    """The rows follow from the assessments, so going forward again makes them again."""
    apps.get_model("stakeholders", "Activity").objects.filter(kind=ASSESSED, key__startswith="round:").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0001_initial"),
        ("stakeholders", "0015_notices"),
    ]

    operations = [
        migrations.RunPython(tell_ratings, forget_ratings),
    ]
