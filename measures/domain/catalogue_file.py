"""Reading a file with measures. Knows no database; a file that cannot be read raises Refusal."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from measures.domain.catalogue_columns import COLUMNS, REQUIRED, Column, column_of, said
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.table_file import Cells, as_text, no_rows, quoted, table_lines, visible

SHEET = "Maßnahmen"
"""The sheet of a workbook that is read; without one of this name it is the first."""

MOST_MEASURES = 2_000


@dataclass(frozen=True)
class CatalogueRow:
    """`values` by the key of the column, for every column that the file has."""

    line: int
    values: dict[str, str]


@dataclass(frozen=True)
class CatalogueFile:
    rows: list[CatalogueRow]
    remarks: list[str]


def read_catalogue(content: bytes) -> CatalogueFile:
    """Raises Refusal when a column is missing, unknown or there twice: a file is taken as a whole or not at all."""
    remarks: list[str] = []
    lines = table_lines(content, remarks, sheet=SHEET)
    header = next(lines, (0, ()))[1]
    columns = _columns(header)
    rows: list[CatalogueRow] = []
    for number, cells in lines:
        _refuse_cells_beyond(number, cells, len(columns))
        texts = [as_text(cell) for cell in cells]
        texts += [""] * (len(columns) - len(texts))
        rows.append(CatalogueRow(number, {column.key: said(column, texts[place]) for place, column in columns.items()}))
        if len(rows) > MOST_MEASURES:
            raise Refusal(_("Die Datei hat mehr als 2.000 Zeilen. Bitte teilen Sie sie auf mehrere Dateien auf."))
    if not rows:
        raise Refusal(no_rows())
    return CatalogueFile(rows, remarks)


def _columns(header: Cells) -> dict[int, Column]:
    """Place -> column."""
    names = [visible(as_text(cell)) for cell in header]
    while names and not names[-1]:
        names.pop()
    found = {place: column for place, name in enumerate(names) if (column := column_of(name))}
    if not found:
        raise Refusal(
            _("Die erste Zeile enthält keine bekannte Überschrift. Erwartet werden zum Beispiel %(names)s.")
            % {"names": quoted(column.label for column in COLUMNS[:3])}
        )
    unknown = [name[:40] or _("(leer)") for place, name in enumerate(names) if place not in found]
    if unknown:
        raise Refusal(
            _(
                "Diese Spalten kennt der Katalog nicht: %(names)s. "
                "Bitte löschen Sie sie, oder schreiben Sie sie richtig."
            )
            % {"names": quoted(unknown)}
        )
    missing = [column.label for column in REQUIRED if column not in found.values()]
    if missing:
        raise Refusal(_("In der Kopfzeile fehlt: %(names)s.") % {"names": quoted(missing)})
    labels = [column.label for column in found.values()]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    if twice:
        raise Refusal(_("Diese Spalten kommen mehrfach vor: %(names)s.") % {"names": quoted(twice)})
    return found


def _refuse_cells_beyond(line: int, cells: Cells, width: int) -> None:
    """A text with an unquoted separator shifts everything behind it; better nothing than the wrong thing."""
    if any(cell not in (None, "") for cell in cells[width:]):
        raise Refusal(
            _("Zeile %(line)d hat mehr Zellen als die Kopfzeile. Steht dort ein Trennzeichen ohne Anführungszeichen?")
            % {"line": line}
        )
