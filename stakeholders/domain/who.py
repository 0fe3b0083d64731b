"""Who made the entries of a history: the triggers keep the number of the person beside the entry."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from stakeholders.models import Stakeholder

CONTEXT = "pgh_context__metadata"
"""The value that each row must carry."""


def names_of(rows: Iterable[dict[str, Any]]) -> dict[int, str]:
    """One query for all of them."""
    numbers = {_number(row) for row in rows} - {None}
    return {person.pk: person.display_name for person in Stakeholder.objects.filter(pk__in=numbers)}


def who(row: dict[str, Any], names: dict[int, str]) -> str:
    """Somebody whose account was erased is a number only."""
    number = _number(row)
    if number is None:
        return _("das Portal")
    return names.get(number) or _("Person %(number)s") % {"number": number}


def _number(row: dict[str, Any]) -> int | None:
    number: int | None = (row[CONTEXT] or {}).get("user")
    return number
