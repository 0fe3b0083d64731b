"""Reading an uploaded list of contacts. Knows no database; a file that cannot be read raises Refusal.

Rows with formulas are faulty.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from stakeholders.domain.contact_columns import COLUMNS, Column, column_of, label
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.table_file import (
    FORMULA_STARTS,
    MOST_COLUMNS,
    MOST_ROWS,
    REPLACED,
    Cells,
    as_text,
    no_rows,
    quoted,
    table_lines,
    too_many_rows,
    visible,
)


@dataclass(frozen=True)
class ContactRow:
    """`values` by the key of the column, only those that say something; `faults` are finished sentences."""

    line: int
    values: dict[str, str]
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ContactFile:
    rows: list[ContactRow]
    remarks: list[str]
    """On the file as a whole: what was guessed or left out."""


def read_contacts(content: bytes, *, progress: Callable[[int], None] = lambda _rows: None) -> ContactFile:
    """`progress` is told how many rows are read, now and then."""
    remarks: list[str] = []
    lines = table_lines(content, remarks)
    columns = _columns(next(lines, (0, ()))[1], remarks)
    rows = []
    for number, cells in lines:
        row = _row(number, cells, columns)
        if row.values or row.faults:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise Refusal(too_many_rows())
        if len(rows) % 500 == 0:
            progress(len(rows))
    if not rows:
        raise Refusal(no_rows())
    return ContactFile(rows, remarks)


def _columns(header: Cells, remarks: list[str]) -> dict[int, Column]:
    """Place -> column. Raises Refusal when the first line is no header or lacks what every row must say."""
    names = [visible(as_text(cell)) for cell in header[:MOST_COLUMNS]]
    found = {place: column for place, name in enumerate(names) if (column := column_of(name))}
    if not found:
        raise Refusal(
            _("Die erste Zeile enthält keine bekannte Überschrift. Erwartet werden zum Beispiel %(names)s.")
            % {"names": quoted(column.label for column in COLUMNS[:3])}
        )
    missing = [column.label for column in COLUMNS if column.is_required and column not in found.values()]
    if missing:
        raise Refusal(_("In der Kopfzeile fehlt: %(names)s.") % {"names": quoted(missing)})
    keys = [column.key for column in found.values()]
    twice = sorted({label(key) for key in keys if keys.count(key) > 1})
    if twice:
        raise Refusal(_("Diese Spalten kommen mehrfach vor: %(names)s.") % {"names": quoted(twice)})
    unknown = [name[:40] for place, name in enumerate(names) if name and place not in found]
    if unknown:
        remarks.append(_("Diese Spalten werden nicht übernommen: %(names)s.") % {"names": quoted(unknown)})
    return found


def _row(line: int, cells: Cells, columns: dict[int, Column]) -> ContactRow:
    row = ContactRow(line, {})
    for place, column in columns.items():
        text = as_text(cells[place]) if place < len(cells) else ""
        shown = visible(text)
        if not shown and not text.strip():
            continue
        row.values[column.key] = shown[: column.length]
        row.faults.extend(_faults(column, text, shown))
    return row


def _faults(column: Column, text: str, shown: str) -> Iterable[str]:
    values = {"column": column.label, "length": column.length}
    if REPLACED in shown:
        yield _("»%(column)s« enthält Zeichen, die sich nicht lesen lassen.") % values
    if text.lstrip().startswith(FORMULA_STARTS):
        yield _("»%(column)s« beginnt wie eine Formel (=, +, - oder @). Bitte nehmen Sie das Zeichen heraus.") % values
    if len(shown) > column.length:
        yield _("»%(column)s« ist zu lang. Möglich sind %(length)d Zeichen.") % values
