"""The list of people that the project office downloads: one row per person of the current selection."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.document import Document, Section, TableBlock
from publishing.tables import Column, FlatCell, Table
from publishing.text import printable
from stakeholders.models import Stakeholder

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
    """Read in pieces, so that a hundred thousand people need the memory of two thousand."""
    found = people.select_related("group", "district", "organisation").prefetch_related("tags")
    for person in found.iterator(chunk_size=CHUNK):
        yield _row(person)


def workbook(people: QuerySet[Stakeholder]) -> Document:
    """For spreadsheets; at most MOST_IN_A_WORKBOOK people, because a workbook is built as a whole."""
    title = _("Akteurinnen und Akteure")
    table = Table("people", title, columns(), tuple(rows(people[:MOST_IN_A_WORKBOOK])), row_header="number")
    section = Section(title, "people", (TableBlock(table),))
    return Document(title, get_language() or "de", timezone.localdate(), (section,))


def _row(person: Stakeholder) -> tuple[FlatCell, ...]:
    texts = (
        person.form_of_address,
        person.first_name,
        person.last_name,
        person.function,
        person.mail_address,
        str(person.organisation or ""),
        str(person.group or ""),
        str(person.district or ""),
        person.language,
        ", ".join(tag.name for tag in person.tags.all()),
        person.get_origin_display(),
        _("ja") if person.is_claimed else _("nein"),
        person.get_legal_basis_display(),
    )
    active = timezone.localdate(person.last_active_at) if person.last_active_at else None
    return (person.pk, *printable(texts), active)
