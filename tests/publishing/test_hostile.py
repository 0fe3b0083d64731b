"""Texts that try to be markup, code or formulas, and sizes nobody expects, through every format."""

import io
import json
import time
from datetime import date

import pytest
from openpyxl import load_workbook

from publishing import csv_file, html, json_file, pdf, xlsx
from publishing.charts.bars import BarRow, Bars
from publishing.charts.district_map import DistrictMap, DistrictValue
from publishing.charts.frame import Scale
from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.document import (
    BulletList,
    ChartBlock,
    Document,
    HeatBlock,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Section,
    TableBlock,
)
from publishing.tables import Column, Table
from tests.publishing import reading

MARKUP = '<script>alert(1)</script><img src=x onerror=alert(1)> " onload="x" </svg> &amp; {{ x }} {% y %}'
TYPST = '#panic("x") $x$ *fett* _kursiv_ @ref <label> `roh` \\ "zitat" = Titel // weg /* weg */ [a](b) #sys.inputs'
FORMULA = "=cmd|'/C calc'!A0"
TEXTS = {
    "markup": MARKUP,
    "typst": TYPST,
    "formula": FORMULA,
    "right_to_left": "مرحبا بالعالم שלום עולם",
    "sorbian": "Łužica, wójće, ćěło, Źiwjelicy, šćipawka",
    "no_space": "x" * 3000,
    "long": "Eine lange Stellungnahme, die nicht endet. " * 235,
}


LONGEST_IN_A_REPORT = 600
"""Titles, questions and names that reach a report are shorter; here one stands in fifteen places of a document."""


def document_of(text: str) -> Document:
    """The text in every place that a document has for texts."""
    table = Table("t", text, (Column("name", text), Column("n", "n", "integer")), ((text, 1),), (text,), text)
    bars = Bars((BarRow(text, 1.0),), Scale(0.0, 2.0), text, text)
    places = tuple(DistrictValue(key, text, 1, 1) for key in ("14612000", "00000000"))
    columns = tuple(HeatColumn(f"c{number}", text) for number in range(9))
    row = HeatRow(text, (HeatCell(1, 1, "/x/"),) * 9, 9)
    heat = HeatTable("h", text, text, columns, (row,), (text, text), total_label=text, foot=row, notes=(text,))
    blocks = (
        Paragraph(text),
        BulletList((text,)),
        Note(text, text),
        KeyFigures("k", text, (KeyFigure("n", text, 1),)),
        TableBlock(table),
        ChartBlock("c", text, text, bars),
        ChartBlock("m", text, text, DistrictMap(places, (text, text), text, text)),
        HeatBlock(heat),
    )
    return Document(text, "de", date(2027, 1, 1), (Section(text, "s", blocks),), text, text, ((text, text),))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_page_shows_the_text_and_gains_no_element(text: str) -> None:
    plain, hostile = (reading.read_page(html.document_html(document_of(value))) for value in ("x", text))
    assert text in hostile.text
    kinds = {(tag, name) for tag, name, _value in plain.attributes}
    assert {(tag, name) for tag, name, _value in hostile.attributes} <= kinds
    assert hostile.tags == plain.tags


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_pdf_prints_the_text_and_never_obeys_it(text: str) -> None:
    text = text[:LONGEST_IN_A_REPORT]
    printed = reading.pdf_text(pdf.document_pdf(document_of(text)))
    if text != TEXTS["right_to_left"]:  # the reader returns letters in the order in which they stand on the paper
        assert "".join(text.split())[:60] in printed.replace("-", "") or "".join(text.split())[:60] in printed
    assert "Seite1von" in printed


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_workbook_holds_the_text_as_text(text: str) -> None:
    book = load_workbook(io.BytesIO(xlsx.document_xlsx(document_of(text))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert text in [cell.value for cell in cells]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r="])
def test_csv_takes_the_force_out_of_formulas(start: str) -> None:
    table = Table("t", "t", (Column("name", "n"), Column("n", "n", "integer")), ((f"{start}1+1", -1),))
    row = reading.csv_rows(csv_file.table_csv(table))[1]
    assert row[0].startswith("'")
    assert row[1] == "-1"


def test_json_carries_texts_unchanged() -> None:
    for text in TEXTS.values():
        content = json.loads(json_file.document_json(document_of(text)))
        assert content["title"] == content["tables"]["t"]["rows"][0]["name"] == text


CONTROL = "An\x00fang\x07 \x1b[31mrot\x1b[0m \ud800 \ufffe \u202eende\nneue Zeile"


def test_control_characters_reach_no_format() -> None:
    document = document_of(CONTROL)
    forbidden = set("\x00\x07\x1b\ufffe\u202e")
    page = str(html.document_html(document))
    data = json_file.document_json(document).decode() + csv_file.long_csv(document).decode()
    book = [
        str(value) for rows in reading.sheets(xlsx.document_xlsx(document)).values() for row in rows for value in row
    ]
    printed = reading.pdf_text(pdf.document_pdf(document))
    for written in (page, data, "".join(book), printed):
        assert not forbidden & set(written)
        assert "Anfang" in written


@pytest.mark.parametrize("text", ["Gut 🎉", "👩‍🔬 forscht", "漢字", "👍🏽 漢 字 🎉 é"])
def test_letters_without_a_font_become_a_box_in_the_pdf_only(text: str) -> None:
    printed = reading.pdf_text(pdf.document_pdf(document_of(text)))
    assert "□" in printed
    assert "DieWebseitezeigtsie" in printed
    assert text in html.document_html(document_of(text))


def test_pdf_without_such_letters_says_nothing_of_boxes() -> None:
    assert "□" not in reading.pdf_text(pdf.document_pdf(document_of("Äpfel – „gut“")))


def test_table_without_rows_says_so_everywhere() -> None:
    table = Table("t", "Leer", (Column("name", "Name"), Column("n", "Zahl", "integer")), ())
    document = Document("T", "de", date(2027, 1, 1), (Section("S", "s", (TableBlock(table),)),))
    assert "Keine Angaben" in html.document_html(document)
    assert "KeineAngaben" in reading.pdf_text(pdf.document_pdf(document))
    assert reading.sheets(xlsx.document_xlsx(document))["Leer"] == [("Name", "Zahl")]
    assert reading.csv_rows(csv_file.document_csv(document)) == [["name", "n"]]


def test_charts_without_rows_are_still_drawn() -> None:
    chart = ChartBlock("c", "C", "Noch nichts", Bars((), Scale(0.0, 1.0), "Gruppe", "Wert"))
    document = Document("T", "de", date(2027, 1, 1), (Section("S", "s", (chart,)),))
    assert 'role="img"' in html.document_html(document)
    assert pdf.document_pdf(document).startswith(b"%PDF-1.7")


def test_a_thousand_rows_are_complete_in_every_format() -> None:
    columns = (Column("name", "Maßnahme"), Column("a", "A", "decimal", 3), Column("b", "B", "integer"))
    rows = tuple((f"Maßnahme {number}", number / 7, number) for number in range(1000))
    table = Table("t", "Viele", columns, rows)
    document = Document("T", "de", date(2027, 1, 1), (Section("S", "s", (TableBlock(table),)),))
    started = time.perf_counter()
    page = reading.read_page(html.document_html(document))
    printed = reading.pdf_text(pdf.document_pdf(document))
    assert len(page.tables["t"]) == len(reading.sheets(xlsx.document_xlsx(document))["Viele"]) == 1001
    assert len(reading.csv_rows(csv_file.document_csv(document))) == 1001
    assert all(f"{number / 7:.3f}".replace(".", ",") in printed for number in range(1000))
    assert time.perf_counter() - started < 30
