"""What was changed about an organisation, when and by whom, as the triggers of the database have kept it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import models

from stakeholders.domain.who import CONTEXT, names_of, who
from stakeholders.models import Organisation

SHOWN = 100
FIELDS = {
    "name": "name",
    "kind": "kind",
    "group": "group__name",
    "district": "district__name",
    "size_class": "size_class",
    "website": "website",
    "merged_into": "merged_into__name",
}
"""What is shown of an entry: the field, and where its text is found."""


@dataclass(frozen=True)
class Change:
    """`what` is (name of the field, text before, text after) for each; empty for the entry that began it all."""

    at: datetime
    who: str
    what: tuple[tuple[str, str, str], ...]


def changes_of(organisation: Organisation) -> list[Change]:
    """The newest first, at most a hundred. Three queries however many there are."""
    history = apps.get_model("stakeholders", "OrganisationEvent")._default_manager.filter(pgh_obj=organisation)
    values = history.order_by("-pgh_id").values("pgh_created_at", CONTEXT, *FIELDS.values())
    rows = list(values[: SHOWN + 1])
    names = names_of(rows)
    found = [Change(new["pgh_created_at"], who(new, names), _difference(old, new)) for new, old in pairwise(rows)]
    if rows and len(rows) <= SHOWN:
        found.append(Change(rows[-1]["pgh_created_at"], who(rows[-1], names), ()))
    return [change for number, change in enumerate(found) if change.what or number == len(found) - 1]


def _difference(old: dict[str, Any], new: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(_field(name).verbose_name), _text(name, old[source]), _text(name, new[source]))
        for name, source in FIELDS.items()
        if old[source] != new[source]
    )


def _text(name: str, value: Any) -> str:
    choices = dict(_field(name).flatchoices)
    return str(choices.get(value, value) or "–")


def _field(name: str) -> models.Field[Any, Any]:
    return next(field for field in Organisation._meta.fields if field.name == name)
