"""The promise of the house: page, PDF, workbook, CSV and JSON of one report carry the same numbers."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from publishing import csv_file, html, json_file, pdf, xlsx
from publishing.document import Document
from publishing.tables import Cell, Column, Interval, Suppressed, Table
from tests.publishing import reading, samples


@pytest.fixture(scope="module", params=["de", "en"])
def document(request: pytest.FixtureRequest) -> Document:
    return samples.sample_document(request.param)


def flat(cell: Cell, column: Column) -> list[Any]:
    """What data files must hold for a cell: the number itself, both ends, a sign, or nothing."""
    is_interval = column.kind.endswith("interval")
    if isinstance(cell, Interval):
        return [cell.low, cell.high]
    if isinstance(cell, Suppressed):
        sign = "•" if cell.threshold is None else "<5"
        return [sign, sign] if is_interval else [sign]
    return [cell] * (2 if is_interval else 1)


def expected_rows(table: Table) -> list[list[Any]]:
    return [
        [value for cell, column in zip(row, table.columns, strict=True) for value in flat(cell, column)]
        for row in table.rows
    ]


def test_workbook_holds_every_number_exactly(document: Document) -> None:
    book = reading.sheets(xlsx.document_xlsx(document))
    tables = document.tables()
    assert len(book) == len(tables) + 1
    for table, rows in zip(tables, list(book.values())[1:], strict=True):
        found = [[value.date() if isinstance(value, datetime) else value for value in row] for row in rows[1:]]
        assert found == expected_rows(table)


def test_long_csv_holds_every_number_exactly(document: Document) -> None:
    lines = reading.csv_rows(csv_file.long_csv(document))
    assert lines[0] == ["table", "row", "column", "value"]
    written = [value for table in document.tables() for row in expected_rows(table) for value in row]
    assert len(lines) - 1 == len(written)
    for (_table, _row, _column, found), value in zip(lines[1:], written, strict=True):
        assert same_in_csv(found, value)


def test_main_csv_is_the_ranking(document: Document) -> None:
    lines = reading.csv_rows(csv_file.document_csv(document))
    assert lines[0][:5] == ["rank", "measure", "score", "interval_low", "interval_high"]
    for found, expected in zip(lines[1:], expected_rows(samples.ranking_table()), strict=True):
        assert all(same_in_csv(text, value) for text, value in zip(found, expected, strict=True))


def same_in_csv(found: str, value: object) -> bool:
    if value is None:
        return found == ""
    if isinstance(value, int | float):
        return float(found) == value
    return found == (value.isoformat() if isinstance(value, date) else value)


def test_json_holds_every_number_exactly(document: Document) -> None:
    content = json.loads(json_file.document_json(document))
    assert list(content["tables"]) == sorted(table.key for table in document.tables())
    for table in document.tables():
        for row, expected in zip(content["tables"][table.key]["rows"], table.rows, strict=True):
            for cell, column in zip(expected, table.columns, strict=True):
                assert same_in_json(row[column.key], cell)


def same_in_json(found: object, cell: Cell) -> bool:
    if isinstance(cell, Interval):
        return found == [cell.low, cell.high]
    if isinstance(cell, Suppressed):
        return found == {"suppressed": "•" if cell.threshold is None else "<5"}
    return found == (cell.isoformat() if isinstance(cell, date) else cell)


def test_page_shows_every_number_rounded(document: Document) -> None:
    page = reading.read_page(html.document_html(document))
    for table in document.tables():
        if table.key == "participation":
            continue
        shown = page.tables[table.key][1:]
        for texts, row in zip(shown, table.rows, strict=True):
            for text, cell, column in zip(texts, row, table.columns, strict=True):
                assert_shown(text, cell, column, document.language)


def assert_shown(text: str, cell: Cell, column: Column, language: str) -> None:
    if isinstance(cell, Interval):
        word = " bis " if language == "de" else " to "
        ends = text.split(word) if word in text else [text, text]
        for end, value in zip(ends, (cell.low, cell.high), strict=True):
            assert_near(end, value, column, language)
    elif isinstance(cell, int | float):
        assert_near(text, cell, column, language)
    elif cell is None:
        assert text == "–"
    elif isinstance(cell, Suppressed):
        assert text in {"<5", "•"}


def assert_near(text: str, value: float, column: Column, language: str) -> None:
    shown = read_number(text, language)
    decimals = 0 if column.kind == "integer" else column.decimals
    factor = 100 if column.kind in {"percent", "percent_interval"} else 1
    assert abs(shown - value * factor) <= 0.5 * 10**-decimals + 1e-9


def read_number(text: str, language: str) -> float:
    plain = text.replace("%", "").replace("\u00a0", "").replace("−", "-")
    swapped = plain.replace(".", "").replace(",", ".") if language == "de" else plain.replace(",", "")
    return float(swapped)


def test_pdf_shows_the_same_cells_as_the_page(document: Document) -> None:
    page = reading.read_page(html.document_html(document))
    text = reading.pdf_text(pdf.document_pdf(document))
    for table in document.tables():
        for row in page.tables.get(table.key, [])[1:]:
            cells = "".join("".join(row[table.header_index + 1 :]).split())
            assert cells in text, (table.key, cells)


def test_key_figures_are_the_same_on_page_and_in_pdf(document: Document) -> None:
    expected = {"de": ["12.345", "1.234.567", "0,61", "12,3%"], "en": ["12,345", "1,234,567", "0.61", "12.3%"]}
    page = "".join(html.document_html(document).replace("&nbsp;", "").split()).replace("\u00a0", "")
    text = reading.pdf_text(pdf.document_pdf(document))
    for figure in expected[document.language]:
        assert f"<dd>{figure}</dd>" in page
        assert figure in text
