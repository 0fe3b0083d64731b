"""Reading an uploaded list of contacts. Knows no database; a file that cannot be read raises Refusal.

Nothing in a file is ever evaluated: formulas are read as the text they are, and rows with them are faulty.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from stakeholders.domain.contact_columns import COLUMNS, Column, column_of, label, quoted
from stakeholders.domain.refusal import Refusal

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LARGEST_UNPACKED = 60 * 1024 * 1024
"""Bytes of all parts of a workbook together; a few kilobytes can be packed so that they unpack to gigabytes."""

FORMULA_STARTS = ("=", "+", "-", "@")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK"
REPLACED = "\N{REPLACEMENT CHARACTER}"

Cells = tuple[object, ...]


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
    if len(content) > LARGEST_FILE:
        raise Refusal(too_large())
    if not content.strip():
        raise Refusal(
            _("Die Datei ist leer. Bitte wählen Sie eine Datei mit einer Kopfzeile und mindestens einer Zeile.")
        )
    remarks: list[str] = []
    lines = _workbook_lines(content) if content.startswith(ZIP) else _text_lines(content, remarks)
    columns = _columns(next(lines, (0, ()))[1], remarks)
    rows = []
    for number, cells in lines:
        row = _row(number, cells, columns)
        if row.values or row.faults:
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise Refusal(_("Die Datei hat mehr als 20.000 Zeilen. Bitte teilen Sie sie auf mehrere Dateien auf."))
        if len(rows) % 500 == 0:
            progress(len(rows))
    if not rows:
        raise Refusal(_("Unter der Kopfzeile steht keine Zeile mit Angaben. Bitte ergänzen Sie die Datei."))
    return ContactFile(rows, remarks)


def too_large() -> str:
    return _("Die Datei ist zu groß. Möglich sind 10 MB. Bitte teilen Sie die Liste auf mehrere Dateien auf.")


def _text_lines(content: bytes, remarks: list[str]) -> Iterator[tuple[int, Cells]]:
    if content.startswith(OLD_EXCEL):
        raise Refusal(
            _(
                "Das ist eine Arbeitsmappe im alten Format (.xls). "
                "Bitte speichern Sie sie als Excel-Arbeitsmappe (.xlsx) oder als CSV-Datei."
            )
        )
    text = _decoded(content, remarks)
    header = text.split("\n", 1)[0]
    separator = max(";,\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, tuple(cells)
    except csv.Error as error:
        raise Refusal(
            _("Ab Zeile %(line)d lässt sich die Datei nicht lesen. Fehlt dort ein schließendes Anführungszeichen?")
            % {"line": reader.line_num}
        ) from error


def _decoded(content: bytes, remarks: list[str]) -> str:
    """UTF-8, UTF-16 where the file says so, else what Windows programs write in Western Europe."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content[:4096].count(0) > 0:
            raise Refusal(_unreadable()) from None
        remarks.append(
            _(
                "Die Datei ist nicht in UTF-8 geschrieben und wurde als Windows-Text gelesen. "
                "Bitte prüfen Sie die Umlaute."
            )
        )
        return content.decode("cp1252", errors="replace")


def _workbook_lines(content: bytes) -> Iterator[tuple[int, Cells]]:
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        # One row more than allowed and the header, so that a list that is too long is seen as such.
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        for number, cells in enumerate(rows, start=1):
            if any(cell not in (None, "") for cell in cells):
                yield number, cells
    except Exception as error:  # openpyxl raises whatever a broken part leads it to
        raise Refusal(_unreadable()) from error


def _check_archive(content: bytes) -> None:
    """Before anything is unpacked: sizes as the archive states them, which also bound what will be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED or len(parts) > 1000:
                raise Refusal(_("Die Arbeitsmappe ist entpackt zu groß. Bitte speichern Sie das Blatt als CSV-Datei."))
            if any(b"<!DOCTYPE" in archive.open(part).read(2048) for part in parts if part.filename.endswith(".xml")):
                raise Refusal(_unreadable())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Refusal(_unreadable()) from error


def _unreadable() -> str:
    return _(
        "Die Datei lässt sich nicht lesen. Bitte öffnen Sie sie in Ihrem Tabellenprogramm und speichern Sie sie neu "
        "als CSV-Datei (UTF-8) oder als Excel-Arbeitsmappe (.xlsx)."
    )


def _columns(header: Cells, remarks: list[str]) -> dict[int, Column]:
    """Place -> column. Raises Refusal when the first line is no header or lacks what every row must say."""
    names = [_visible(_as_text(cell)) for cell in header[:MOST_COLUMNS]]
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
        text = _as_text(cells[place]) if place < len(cells) else ""
        shown = _visible(text)
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


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _visible(text: str) -> str:
    """Single spaces; of line ends too. What no name and no database can hold becomes a mark that everybody sees."""
    spaced = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    if spaced.isascii() and spaced.isprintable():
        return spaced
    return "".join(
        REPLACED if unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Co") else sign
        for sign in spaced
        if unicodedata.category(sign) != "Cf"
    )
