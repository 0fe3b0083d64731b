"""The columns of the catalogue as a file: how they are called and what may stand there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.models import Measure
from publishing.text import printable
from stakeholders.domain.table_file import REPLACED, plain_header, visible
from stakeholders.models import District, Topic

LONGEST_DESCRIPTION = 30_000
"""Fits the cell of a workbook, which holds 32,767 characters."""

SEVERAL = 4_000


@dataclass(frozen=True)
class Column:
    """`label` heads the workbook and is German whatever the language, `key` heads the CSV file; both are understood.

    `stored` gives what stands in the file for a measure; many-to-many columns read what was prefetched.
    """

    key: str
    label: str
    length: int
    meaning: Promise
    stored: Callable[[Measure], str]
    is_required: bool = False
    has_lines: bool = False


def _text(name: str) -> Callable[[Measure], str]:
    return lambda measure: str(getattr(measure, name))


def _names(name: str) -> Callable[[Measure], str]:
    return lambda measure: joined(row_name(row) for row in getattr(measure, name).all())


def german_status(status: str) -> str:
    with translation.override("de"):
        return str(Measure.Status(status).label)


def row_name(row: Topic | District) -> str:
    """Its German name; its key where the name would fall apart when it is read."""
    return row.key if any(sign in row.name for sign in ";|") else row.name


def joined(names: Iterable[str]) -> str:
    return "; ".join(sorted(names))


COLUMNS = (
    Column("slug", "Kurzname", 120, _("Daran wird eine Maßnahme erkannt. Er steht in ihrer Adresse und bleibt."),
           _text("slug"), is_required=True),
    Column("field_of_action", "Handlungsfeld", 200, _("Kurzname oder Titel des Handlungsfelds."),
           lambda measure: measure.field_of_action.slug, is_required=True),
    Column("title", "Titel", 200, _("Bis 200 Zeichen."), _text("title"), is_required=True),
    Column("title_en", "Titel (englisch)", 200, _("Darf leer sein."), _text("title_en")),
    Column("summary", "Kurzfassung", 600, _("Bis 600 Zeichen."), _text("summary"), is_required=True, has_lines=True),
    Column("summary_en", "Kurzfassung (englisch)", 600, _("Darf leer sein."), _text("summary_en"), has_lines=True),
    Column("description", "Beschreibung", LONGEST_DESCRIPTION, _("Markdown, mit Zeilenumbrüchen. Darf leer sein."),
           _text("description"), has_lines=True),
    Column("description_en", "Beschreibung (englisch)", LONGEST_DESCRIPTION, _("Darf leer sein."),
           _text("description_en"), has_lines=True),
    Column("status", "Stand", 40, _("Zum Beispiel »vorgeschlagen« oder »in Umsetzung«."),
           lambda measure: german_status(measure.status), is_required=True),
    Column("published", "Veröffentlicht", 20, _("»ja« oder »nein«; leer heißt wie bisher, bei neuen »nein«."),
           lambda measure: "ja" if measure.published else "nein"),
    Column("source", "Quelle", 300, _("Woher die Maßnahme stammt."), _text("source"), is_required=True),
    Column("source_url", "Adresse der Quelle", 200, _("Beginnt mit https://. Darf leer sein."), _text("source_url")),
    Column("position", "Reihenfolge", 20, _("Ganze Zahl; leer heißt 0."), _text("position")),
    Column("topics", "Themen", SEVERAL, _("Mehrere mit Semikolon getrennt, Bezeichnung oder Schlüssel."),
           _names("topics")),
    Column("districts", "Kreise", SEVERAL, _("Mehrere mit Semikolon getrennt; leer heißt ganz Sachsen."),
           _names("districts")),
    Column("related", "Verwandte Maßnahmen", SEVERAL,
           _("Kurznamen, mit Semikolon getrennt. Stehen beide Maßnahmen in der Datei, genügt eine der beiden Zeilen."),
           lambda measure: joined(row.slug for row in measure.related.all())),
)  # fmt: skip

BY_KEY = {column.key: column for column in COLUMNS}
REQUIRED = tuple(column for column in COLUMNS if column.is_required)
_BY_NAME = {plain_header(name): column for column in COLUMNS for name in (column.label, column.key)}


def column_of(header: str) -> Column | None:
    return _BY_NAME.get(plain_header(header))


def said(column: Column, text: str) -> str:
    """What a cell says, apart from spaces around it and kinds of line ends; what nobody can read becomes a mark."""
    if not column.has_lines:
        return visible(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if printable(lines) == lines:
        return lines
    return "".join(sign if printable(sign) else REPLACED for sign in lines)


def stored_text(column: Column, measure: Measure) -> str:
    """As the file of this moment would say it."""
    return said(column, printable(column.stored(measure)))
