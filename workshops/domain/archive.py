import json
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from stakeholders.models import District
from workshops.models import Workshop

SOURCE = Path(__file__).resolve().parent.parent / "starting_data" / "archive.json"
BERLIN = ZoneInfo("Europe/Berlin")


@transaction.atomic
def load_archive() -> None:
    """The events of the predecessor project that really took place; creates what is missing, overwrites nothing.

    Where only the date is known, the event lasts the whole day.
    """
    districts = {district.key: district for district in District.objects.all()}
    for row in json.loads(SOURCE.read_text(encoding="utf-8")):
        start = datetime.fromisoformat(row.pop("starts_at")).replace(tzinfo=BERLIN)
        end = datetime.fromisoformat(row.pop("ends_at")).replace(tzinfo=BERLIN) if "ends_at" in row else None
        Workshop.objects.get_or_create(
            slug=row.pop("slug"),
            defaults={
                **row,
                "district": districts[row["district"]],
                "starts_at": start,
                "ends_at": end or datetime.combine(start, time(23, 59), tzinfo=BERLIN),
                "whole_day": end is None,
                "open_registration": False,
                "state": Workshop.State.PUBLISHED,
                "source": "Unterlagen der »StrategieWerkstatt: Industrie der ZUKUNFT«",
            },
        )
