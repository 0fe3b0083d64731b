"""Reading the lines of an uploaded table, CSV or XLSX. Knows no database; a file that cannot be read raises Refusal.

Nothing in a file is ever evaluated: formulas are read as the text they are.
"""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.zip_archive import BROKEN

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


def table_lines(content: bytes, remarks: list[str], *, sheet: str = "") -> Iterator[tuple[int, Cells]]:
    """(number of the line, its cells) of every line that is not empty, the header first; `remarks` gets guesses.

    Of a workbook the sheet with the name, else the first. Raises Refusal, also while the lines are read.
    """
    if len(content) > LARGEST_FILE:
        raise Refusal(too_large())
    if not content.strip():
        raise Refusal(
            _("Die Datei ist leer. Bitte wählen Sie eine Datei mit einer Kopfzeile und mindestens einer Zeile.")
        )
    return _workbook_lines(content, sheet) if content.startswith(ZIP) else _text_lines(content, remarks)


def too_large() -> str:
    return _("Die Datei ist zu groß. Möglich sind 10 MB. Bitte teilen Sie die Liste auf mehrere Dateien auf.")


def too_many_rows() -> str:
    return _("Die Datei hat mehr als 20.000 Zeilen. Bitte teilen Sie sie auf mehrere Dateien auf.")


def no_rows() -> str:
    return _("Unter der Kopfzeile steht keine Zeile mit Angaben. Bitte ergänzen Sie die Datei.")


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


def _workbook_lines(content: bytes, name: str) -> Iterator[tuple[int, Cells]]:
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = _sheet(book, name)
        sheet.reset_dimensions()
        # One row more than allowed and the header, so that a list that is too long is seen as such.
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        for number, cells in enumerate(rows, start=1):
            if any(cell not in (None, "") for cell in cells):
                yield number, cells
    except Exception as error:  # openpyxl raises whatever a broken part leads it to
        raise Refusal(_unreadable()) from error


def _sheet(book: Workbook, name: str) -> Any:
    return next((sheet for sheet in book.worksheets if sheet.title == name), book.worksheets[0])


def _check_archive(content: bytes) -> None:
    """Before anything is unpacked: sizes as the archive states them, which also bound what will be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED or len(parts) > 1000:
                raise Refusal(_("Die Arbeitsmappe ist entpackt zu groß. Bitte speichern Sie das Blatt als CSV-Datei."))
            if any(b"<!DOCTYPE" in archive.open(part).read(2048) for part in parts if part.filename.endswith(".xml")):
                raise Refusal(_unreadable())
    except BROKEN as error:
        raise Refusal(_unreadable()) from error


def _unreadable() -> str:
    return _(
        "Die Datei lässt sich nicht lesen. Bitte öffnen Sie sie in Ihrem Tabellenprogramm und speichern Sie sie neu "
        "als CSV-Datei (UTF-8) oder als Excel-Arbeitsmappe (.xlsx)."
    )


def as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def visible(text: str) -> str:
    """Single spaces; of line ends too. What no name and no database can hold becomes a mark that everybody sees."""
    spaced = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    if spaced.isascii() and spaced.isprintable():
        return spaced
    return "".join(
        REPLACED if unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Co") else sign
        for sign in spaced
        if unicodedata.category(sign) != "Cf"
    )


def quoted(labels: Iterable[str]) -> str:
    return ", ".join(f"»{text}«" for text in labels)


def plain_header(header: str) -> str:
    """The same for all spellings of a heading: capital letters, hyphens, spaces and umlauts do not count."""
    spelled = header.lower()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        spelled = spelled.replace(umlaut, letters)
    return slugify(spelled).replace("-", "").replace("_", "")
