"""The list of people that the project office downloads: one row per person of the current selection."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.document import Document, Section, TableBlock
from publishing.tables import Column, FlatCell, Table
from publishing.text import printable
from stakeholders.models import District, LegalBasis, Stakeholder, StakeholderGroup, Tag

TEXTS = (
    *("form_of_address", "first_name", "last_name", "function", "email", "organisation__name", "group", "district"),
    *("language", "words", "origin", "used", "legal_basis"),
)
"""In the order of the columns between the number and the day."""
FIELDS = ("pk", *(name for name in TEXTS if name not in {"words", "used"}), "words")

MOST_IN_A_WORKBOOK = 20_000
CHUNK = 2_000


def columns() -> tuple[Column, ...]:
    return (
        Column("number", _("Nummer"), "integer"),
        Column("form_of_address", _("Anrede")),
        Column("first_name", _("Vorname")),
        Column("last_name", _("Nachname")),
        Column("function", _("Funktion")),
        Column("email", _("E-Mail-Adresse")),
        Column("organisation", _("Organisation")),
        Column("group", _("Akteursgruppe")),
        Column("district", _("Kreis")),
        Column("language", _("Sprache")),
        Column("tags", _("Schlagwörter")),
        Column("origin", _("Herkunft")),
        Column("used", _("Zugang genutzt")),
        Column("legal_basis", _("Rechtsgrundlage")),
        Column("last_active", _("zuletzt aktiv"), "date"),
    )


def rows(people: QuerySet[Stakeholder]) -> Iterator[tuple[FlatCell, ...]]:
    """Plain values read in pieces, so that a hundred thousand people are written as they come."""
    names: dict[str, dict[object, str]] = {
        "group": {row.pk: str(row) for row in StakeholderGroup.objects.all()},
        "district": {row.pk: str(row) for row in District.objects.all()},
        "origin": {origin.value: str(origin.label) for origin in Stakeholder.Origin},
        "legal_basis": {basis.value: str(basis.label) for basis in LegalBasis},
        "used": {True: _("ja"), False: _("nein")},
    }
    for row in _pieces(people):
        row["used"] = row["origin"] == Stakeholder.Origin.SELF or row["claimed_at"] is not None
        texts = (names[name].get(row[name], "") if name in names else printable(row[name] or "") for name in TEXTS)
        active = row["last_active_at"]
        yield (row["pk"], *texts, timezone.localdate(active) if active else None)


def _pieces(people: QuerySet[Stakeholder]) -> Iterator[dict[str, Any]]:
    """Numbers first and then the rows of some thousand at a time: connections here keep no cursor open."""
    numbers = list(people.values_list("pk", flat=True))
    for start in range(0, len(numbers), CHUNK):
        piece = numbers[start : start + CHUNK]
        found = Stakeholder.objects.filter(pk__in=piece).annotate(words=_words())
        by_number = {row["pk"]: row for row in found.values(*FIELDS, "claimed_at", "last_active_at")}
        yield from (by_number[number] for number in piece if number in by_number)


def _words() -> Subquery:
    """The tags of a person with commas between them."""
    tags = Tag.objects.filter(people=OuterRef("pk")).order_by().values("people")
    return Subquery(tags.annotate(words=StringAgg("name", ", ", order_by="name")).values("words"))


def workbook(people: QuerySet[Stakeholder]) -> Document:
    """For spreadsheets; at most MOST_IN_A_WORKBOOK people, because a workbook is built as a whole."""
    title = _("Akteurinnen und Akteure")
    table = Table("people", title, columns(), tuple(rows(people[:MOST_IN_A_WORKBOOK])), row_header="number")
    section = Section(title, "people", (TableBlock(table),))
    return Document(title, get_language() or "de", timezone.localdate(), (section,))
