"""A workbook: first a sheet that says what this is, then one sheet for each table; numbers with full precision."""

import io
import re
from datetime import UTC, date, datetime, time

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from publishing import numbers
from publishing.document import BulletList, Document, Note, Paragraph
from publishing.tables import FlatCell, FlatColumn, Suppressed, Table, flat_columns, flat_rows, notes_of
from publishing.text import printable

LONGEST_TEXT = 32_767
LONGEST_NAME = 31
# constant_memory keeps one row in memory; a text of a visitor never becomes a formula, a link or a number.
OPTIONS = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def document_xlsx(document: Document) -> bytes:
    """The same document gives the same bytes: the file is dated with the date of the document."""
    document = printable(document)
    file = io.BytesIO()
    with translation.override(document.language), xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties(_properties(document))
        names = _sheet_names(document)
        _write_notes(book, document, names)
        for table, name in zip(document.tables(), names[1:], strict=True):
            _write_table(book, book.add_worksheet(name), table, document.language)
    return file.getvalue()


def _properties(document: Document) -> dict[str, str | datetime]:
    created = datetime.combine(document.date, time(12), UTC)
    return {
        "title": document.title,
        "subject": document.subtitle,
        "author": document.publisher,
        "created": created,
        "comments": "\n".join(f"{label}: {text}" for label, text in document.meta),
    }


def _sheet_names(document: Document) -> list[str]:
    """At most 31 letters, none of `[]:*?/\\`, all different without regard to case; the first one is the notes."""
    names: list[str] = []
    for wish in [_("Hinweise"), *(table.name or table.caption for table in document.tables())]:
        plain = re.sub(r"[\[\]:*?/\\\s]+", " ", wish).strip(" '") or "-"
        name, number = plain[:LONGEST_NAME].rstrip(" '"), 2
        while name.casefold() in {taken.casefold() for taken in [*names, "History"]}:
            name, number = f"{plain[: LONGEST_NAME - 4].rstrip()} {number}", number + 1
        names.append(name)
    return names


def _write_notes(book: xlsxwriter.Workbook, document: Document, names: list[str]) -> None:
    sheet = book.add_worksheet(names[0])
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    strong, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    for place, (label, text) in enumerate(_note_lines(document, names)):
        sheet.write_string(place, 0, label[:LONGEST_TEXT], strong)
        sheet.write_string(place, 1, text[:LONGEST_TEXT], wrapped)


def _note_lines(document: Document, names: list[str]) -> list[tuple[str, str]]:
    lines = [(_("Titel"), document.title)]
    if document.subtitle:
        lines.append((_("Untertitel"), document.subtitle))
    lines.append((_("Stand"), numbers.date_text(document.date, document.language)))
    lines.extend(document.meta)
    for section in document.sections:
        texts = [block.text for block in section.blocks if isinstance(block, Paragraph | Note)]
        texts += [item for block in section.blocks if isinstance(block, BulletList) for item in block.items]
        lines += [(section.heading if place == 0 else "", text) for place, text in enumerate(texts)]
    for table, name in zip(document.tables(), names[1:], strict=True):
        lines.append((_("Blatt „%(name)s“") % {"name": name}, table.caption))
        lines += [("", note) for note in notes_of(table)]
    return lines


def _write_table(book: xlsxwriter.Workbook, sheet: Worksheet, table: Table, language: str) -> None:
    columns = flat_columns(table)
    header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    hidden = book.add_format({"align": "right"})
    formats = [book.add_format(_cell_format(column, language)) for column in columns]
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 40 if column.kind == "text" else 16)
        sheet.write_string(0, place, column.label, header)
    count = 0
    for count, row in enumerate(flat_rows(table), start=1):
        for place, cell in enumerate(row):
            _write_cell(sheet, (count, place), cell, hidden if isinstance(cell, Suppressed) else formats[place])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, count, len(columns) - 1)


def _cell_format(column: FlatColumn, language: str) -> dict[str, str | bool]:
    decimals = f".{'0' * column.decimals}" if column.decimals else ""
    patterns = {
        "integer": "#,##0",
        "decimal": f"#,##0{decimals}",
        "percent": f"0{decimals} %" if numbers.is_german(language) else f"0{decimals}%",
        "date": "dd.mm.yyyy" if numbers.is_german(language) else "yyyy-mm-dd",
    }
    pattern = patterns.get(column.kind)
    return {"num_format": pattern} if pattern else {"text_wrap": True, "valign": "top"}


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: FlatCell, style: Format) -> None:
    if cell is None:
        sheet.write_blank(*place, None, style)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, datetime.combine(cell, time()), style)
    elif isinstance(cell, int | float):
        sheet.write_number(*place, cell, style)
    else:
        sheet.write_string(*place, str(cell)[:LONGEST_TEXT], style)
