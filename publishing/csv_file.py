"""CSV for machines: RFC 4180, commas, decimal points, UTF-8 without byte order mark, keys as header, full precision.

Who wants to open a table in a German spreadsheet takes the workbook. A text that a spreadsheet would take for a formula
gets an apostrophe in front; numbers are written as they are.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from django.utils import translation

from publishing.document import Document
from publishing.tables import FlatCell, Suppressed, Table, flat_columns, flat_rows
from publishing.text import printable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ROWS_OF_A_PIECE = 500


def table_csv(table: Table) -> bytes:
    """One table; an interval takes two columns, `<key>_low` and `<key>_high`; an absent value is empty."""
    table = printable(table)
    header = [column.key for column in flat_columns(table)]
    return _csv(header, flat_rows(table))


def document_csv(document: Document) -> bytes:
    """The main table of the document; empty if it has no table at all."""
    table = document.main_table()
    return table_csv(table) if table else b""


def long_csv(document: Document) -> bytes:
    """All tables of the document as `table,row,column,value`: one line for each cell, rows counted from 1."""
    with translation.override(document.language):
        lines = [line for table in printable(document).tables() for line in _long_lines(table)]
    return _csv(["table", "row", "column", "value"], lines)


def stream_csv(header: Sequence[str], rows: Iterable[tuple[FlatCell, ...]]) -> Iterator[bytes]:
    """The same signs in pieces of some rows: for lists too long to be held at once."""
    yield _csv(header, ())
    source = iter(rows)
    while piece := list(islice(source, ROWS_OF_A_PIECE)):
        yield _csv((), piece)


def _long_lines(table: Table) -> Iterable[tuple[FlatCell, ...]]:
    columns = flat_columns(table)
    for number, row in enumerate(flat_rows(table), start=1):
        for column, cell in zip(columns, row, strict=True):
            yield table.key, number, column.key, cell


def _csv(header: Sequence[str], rows: Iterable[tuple[FlatCell, ...]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    if header:
        writer.writerow(header)
    writer.writerows([_field(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def _field(cell: FlatCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Suppressed) else repr(cell)
