import io
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from publishing.charts.frame import Scale
from publishing.charts.intervals import IntervalPlot, IntervalRow
from publishing.document import ChartBlock, Document, Section, TableBlock
from publishing.pdf import FONTS, document_pdf
from publishing.tables import Column, Interval, Table
from tests.publishing import reading, samples


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return PdfReader(io.BytesIO(document_pdf(samples.sample_document())))


def structure(node: Any) -> Iterator[dict[str, Any]]:
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from structure(node["/K"])


@pytest.fixture(scope="module")
def elements(reader: PdfReader) -> list[dict[str, Any]]:
    return list(structure(reader.root_object["/StructTreeRoot"]))


def test_pdf_is_tagged_and_says_its_language_and_title(reader: PdfReader) -> None:
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Priorisierung der Maßnahmen, Runde 1"
    assert reader.metadata.author == "Projektbüro ZukunftsWerkstatt INDUSTRIE"


def test_pdf_claims_the_standard_it_was_checked_against(reader: PdfReader) -> None:
    root: Any = reader.root_object
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_headings_stand_in_the_structure_and_in_the_bookmarks(
    reader: PdfReader, elements: list[dict[str, Any]]
) -> None:
    headings = [(element["/S"], element["/T"]) for element in elements if re.fullmatch(r"/H\d", element["/S"])]
    assert headings == [
        ("/H1", "Ergebnis"),
        ("/H1", "Rangfolge"),
        ("/H1", "Gruppen"),
        ("/H2", "Haltungen"),
        ("/H1", "Kreise"),
        ("/H1", "Karte"),
    ]
    top = [str(item["/Title"]) for item in reader.outline if not isinstance(item, list)]
    assert top == ["Ergebnis", "Rangfolge", "Gruppen", "Kreise", "Karte"]


def test_every_column_has_a_header_cell_that_its_cells_name(elements: list[dict[str, Any]]) -> None:
    tables = [table for table in samples.sample_document().tables() if table.key != "participation"]
    kinds = [element["/S"] for element in elements]
    assert kinds.count("/Table") == len(tables)
    assert kinds.count("/TH") == sum(len(table.columns) for table in tables)
    assert kinds.count("/TD") == sum(len(table.columns) * len(table.rows) for table in tables)


def test_every_figure_has_the_words_of_its_chart(elements: list[dict[str, Any]]) -> None:
    spoken = [element["/Alt"] for element in elements if element["/S"] == "/Figure"]
    charts = [block for block in samples.sample_document().blocks() if isinstance(block, ChartBlock)]
    assert spoken == [chart.alt for chart in charts]


def test_pages_are_numbered_in_the_language_of_the_document() -> None:
    document = samples.sample_document()
    pages = len(PdfReader(io.BytesIO(document_pdf(document))).pages)
    assert f"Seite{pages}von{pages}" in reading.pdf_text(document_pdf(document))


def test_same_document_gives_the_same_bytes_and_another_date_others() -> None:
    document = samples.sample_document()
    assert document_pdf(document) == document_pdf(samples.sample_document())
    assert document_pdf(document) != document_pdf(replace(document, date=date(2027, 3, 10)))


def test_only_embedded_fonts_are_used(reader: PdfReader) -> None:
    fonts: set[str] = set()
    pages: list[Any] = list(reader.pages)
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descendant["/FontDescriptor"].get_object())
            fonts.add(str(descendant["/BaseFont"]).split("+")[1])
    assert {"FiraSans-Regular", "FiraSans-SemiBold"} <= fonts
    assert {path.stem for path in FONTS.glob("*.ttf")} == {"FiraSans-Regular", "FiraSans-SemiBold", "FiraSans-Italic"}


def test_a_long_chart_is_cut_into_numbered_parts() -> None:
    rows = tuple(IntervalRow(f"Maßnahme {number}", float(number), Interval(number, number + 5)) for number in range(60))
    plot = IntervalPlot(rows, Scale(0.0, 100.0), "Maßnahme", "Wert")
    document = Document("T", "de", date(2027, 1, 1), (Section("S", "s", (ChartBlock("c", "Werte", "alt", plot),)),))
    text = reading.pdf_text(document_pdf(document))
    assert "Werte(Teil1von3)" in text
    assert "Werte(Teil3von3)" in text
    assert all(f"Maßnahme{number}" in text for number in range(60))


def test_a_wide_table_turns_its_page() -> None:
    columns = (Column("name", "Maßnahme"), *(Column(f"c{n}", f"Landkreis {n}", "decimal") for n in range(13)))
    table = Table("t", "Breit", columns, (("Software Service Cloud", *(float(n) for n in range(13))),))
    document = Document("T", "de", date(2027, 1, 1), (Section("S", "s", (TableBlock(table),)),))
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(document_pdf(document))).pages]
    assert [box.width > box.height for box in boxes] == [False, True]


def test_no_word_leaves_its_page_and_a_checksum_is_not_broken() -> None:
    table = Table("t", "T", (Column("a", "A"), Column("b", "B"), Column("c", "C")), (("x" * 300, "y" * 40, "z"),))
    checksum = "sha256:" + "0123456789abcdef" * 4
    document = Document(
        "T" * 200, "de", date(2027, 1, 1), (Section("S" * 200, "s", (TableBlock(table),)),), meta=(("Summe", checksum),)
    )
    places: list[float] = []
    pages = PdfReader(io.BytesIO(document_pdf(document))).pages
    text = "".join(
        page.extract_text(visitor_text=lambda _text, _user, matrix, _font, _size: places.append(matrix[4]))
        for page in pages
    )
    assert max(places) < 595
    assert checksum in text


def test_documents_can_be_written_side_by_side() -> None:
    document = samples.sample_document()
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(document_pdf, [document] * 8))
    assert set(written) == {document_pdf(document)}
