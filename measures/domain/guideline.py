import json
from pathlib import Path

from django.db import transaction

from measures.models import Guideline, Measure, Recommendation

SOURCE = Path(__file__).resolve().parent.parent / "starting_data" / "guidelines.json"


@transaction.atomic
def load_guidelines() -> int:
    """The guidelines and recommendations that the portal starts with; returns how many rows are new.

    Called after the catalogue is loaded. Creates what is missing and overwrites nothing; a new recommendation takes
    the measures that the starting catalogue lists under its heading.
    """
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    created = 0
    for position, entry in enumerate(data["guidelines"], start=1):
        values = {**entry, "source": data["sources"][entry["source"]], "position": position}
        _row, is_new = Guideline.objects.get_or_create(slug=values.pop("slug"), defaults=values)
        created += is_new
    for position, entry in enumerate(data["recommendations"], start=1):
        values = {**entry, "source": data["sources"][entry["source"]], "position": position}
        guidelines, field = values.pop("guidelines"), values.pop("field_of_action")
        row, is_new = Recommendation.objects.get_or_create(slug=values.pop("slug"), defaults=values)
        if is_new:
            row.guidelines.set(Guideline.objects.filter(slug__in=guidelines))
            row.measures.set(Measure.objects.filter(field_of_action__slug=field))
        created += is_new
    return created
