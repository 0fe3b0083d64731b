"""A workbook of more rows than the memory should hold: one row at a time goes to the disk."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format

from publishing.text import printable

LONGEST_SHEET = 1_048_576  # rows that a spreadsheet opens
# A text of a visitor never becomes a formula, a link or a number.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}


@dataclass(frozen=True)
class LongSheet:
    """`name` has at most 27 letters and none of `[]:*?/\\`."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[str | int | None]]


def long_xlsx(sheets: Iterable[LongSheet]) -> IO[bytes]:
    """An open temporary file at its start; closing it deletes it. Rows that a sheet cannot hold go on in `name 2`."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked for it closes it
    try:
        with xlsxwriter.Workbook(file, OPTIONS) as book:
            strong = book.add_format({"bold": True})
            for sheet in sheets:
                _write(book, sheet, strong)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _write(book: xlsxwriter.Workbook, sheet: LongSheet, strong: Format) -> None:
    page, place, number = None, LONGEST_SHEET, 1
    for row in chain([None], sheet.rows):
        if page is None or place == LONGEST_SHEET:
            page = book.add_worksheet(sheet.name if number == 1 else f"{sheet.name} {number}")
            page.freeze_panes(1, 0)
            for column, label in enumerate(sheet.header):
                page.write_string(0, column, printable(label), strong)
            place, number = 1, number + 1
        for column, cell in enumerate(row or ()):
            if isinstance(cell, str):
                page.write_string(place, column, printable(cell))
            elif cell is not None:
                page.write_number(place, column, cell)
        place += row is not None
