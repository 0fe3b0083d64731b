"""What the filter of the catalogue offers; the same for everybody, so it is read once a minute."""

from typing import Any, Literal, TypeAlias

from django.db.models import CharField, F, QuerySet, Value
from django.utils.translation import get_language

from measures.models import FieldOfAction
from publishing.kept import kept
from stakeholders.models import District, Topic

Kind: TypeAlias = Literal["field", "topic", "district"]
Choice: TypeAlias = tuple[str, str]

MINUTE = 60


def choices_of(kind: Kind) -> list[Choice]:
    """Key in the address and name in the language of the page, in the order of the project office."""
    return kept("catalogue-choices", seconds=MINUTE, draw=_read)[kind]


def _read() -> dict[Kind, list[Choice]]:
    """One query for all three."""
    fields = _named("field", FieldOfAction.objects.annotate(key=F("slug"), name=F("title"), name_en=F("title_en")))
    rows = fields.union(_named("topic", Topic.objects.all()), _named("district", District.objects.all()))
    found: dict[Kind, list[Choice]] = {"field": [], "topic": [], "district": []}
    for kind, key, name, name_en, _position in rows.order_by("kind", "position", "name"):
        found[kind].append((key, name_en if get_language() == "en" and name_en else name))
    return found


def _named(kind: Kind, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    named: QuerySet[Any, Any] = rows.annotate(kind=Value(kind, CharField())).order_by()
    return named.values_list("kind", "key", "name", "name_en", "position")
