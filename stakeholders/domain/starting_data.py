import json
from pathlib import Path

from django.db import transaction

from stakeholders.models import District, Region, StakeholderGroup, Topic

FOLDER = Path(__file__).resolve().parent.parent / "starting_data"


@transaction.atomic
def load_groups_and_districts() -> None:
    """The ten groups of the guideline document and Saxony's districts; creates what is missing, overwrites nothing."""
    data = json.loads((FOLDER / "groups_and_districts.json").read_text(encoding="utf-8"))
    for position, group in enumerate(data["groups"], start=1):
        StakeholderGroup.objects.get_or_create(key=group.pop("key"), defaults={**group, "position": position})
    regions = {
        region["nuts"]: Region.objects.get_or_create(nuts=region["nuts"], defaults={"name": region["name"]})[0]
        for region in data["regions"]
    }
    for position, district in enumerate(data["districts"], start=1):
        District.objects.get_or_create(
            key=district.pop("key"),
            defaults={**district, "region": regions.get(district["nuts"][:4]), "position": position},
        )


@transaction.atomic
def load_topics() -> None:
    """The subjects of the guideline documents; creates what is missing, overwrites nothing."""
    topics = json.loads((FOLDER / "topics.json").read_text(encoding="utf-8"))
    for position, topic in enumerate(topics, start=1):
        Topic.objects.get_or_create(key=topic.pop("key"), defaults={**topic, "position": position})
