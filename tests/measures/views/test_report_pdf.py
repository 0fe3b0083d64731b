"""What a reader with a screen reader finds in the PDF of a report, read with pypdf from its structure tree."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from measures.domain.ranking import freeze
from measures.models import Measure
from measures.reports.ranking import build
from publishing.document import ChartBlock, Document
from publishing.pdf import document_pdf
from tests.cast import Cast
from tests.factories.measures import rated_round


def elements(node: Any) -> Iterator[Any]:
    """The node of the structure tree and everything below it, in reading order."""
    node = node.get_object()
    if not hasattr(node, "get"):
        return
    if "/S" in node:
        yield node
    children = node.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    for child in children if isinstance(children, list) else [children]:
        child = child.get_object() if hasattr(child, "get_object") else child
        if hasattr(child, "get"):
            yield from elements(child)


@pytest.fixture
def made(cast: Cast) -> tuple[Document, PdfReader, list[Any]]:
    ranking = freeze(assessment_round=rated_round(measures=4, people=(14, 11, 8)), actor=cast.project_office)
    document = build(ranking, "de")
    reader = PdfReader(io.BytesIO(document_pdf(document)))
    root: Any = reader.trailer["/Root"]
    return document, reader, list(elements(root["/StructTreeRoot"]))


def kinds(found: list[Any]) -> list[str]:
    return [str(element["/S"]) for element in found]


def test_title_language_and_standard_are_declared(made: tuple[Document, PdfReader, list[Any]]) -> None:
    document, reader, _found = made
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == document.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_every_section_is_a_heading_and_a_bookmark(made: tuple[Document, PdfReader, list[Any]]) -> None:
    document, reader, found = made
    headings = [kind for kind in kinds(found) if kind in {"/H1", "/H2", "/H3"}]
    assert len(headings) == len(document.sections)
    assert kinds(found).count("/Title") == 1
    bookmarks = [str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)]
    assert bookmarks == [section.heading for section in document.sections]


def test_every_picture_has_its_own_words(made: tuple[Document, PdfReader, list[Any]]) -> None:
    document, _reader, found = made
    told = [str(element.get("/Alt", "")) for element in found if element["/S"] == "/Figure"]
    wanted = [block.alt for block in document.blocks() if isinstance(block, ChartBlock)]
    assert len(wanted) == 4
    assert [text for text in told if text.strip()] == wanted
    assert len(told) == len(wanted)


def test_every_table_has_heads_for_columns(made: tuple[Document, PdfReader, list[Any]]) -> None:
    document, _reader, found = made
    tables = [element for element in found if element["/S"] == "/Table"]
    expected = [table for table in document.tables() if table.key != "figures"]
    assert len(tables) == len(expected)
    for element, table in zip(tables, expected, strict=True):
        inside = list(elements(element))
        heads = [cell for cell in inside if cell["/S"] == "/TH"]
        assert len(heads) == len(table.columns)
        assert kinds(inside).count("/TR") == len(table.rows) + 1
        for cell in heads:
            attributes = cell["/A"].get_object()
            attributes = attributes if isinstance(attributes, list) else [attributes]
            assert "/Column" in [str(part.get_object().get("/Scope")) for part in attributes]


def test_first_section_has_the_first_page_for_itself(made: tuple[Document, PdfReader, list[Any]]) -> None:
    document, reader, _found = made
    first, second = (reader.pages[number].extract_text() for number in (0, 1))
    assert "Wie belastbar ist das?" in first
    assert document.sections[1].heading not in first
    assert second.splitlines()[1].strip() == document.sections[1].heading


def test_first_page_stays_one_page_with_the_longest_texts(cast: Cast) -> None:
    longest = Measure._meta.get_field("title").max_length
    assert longest is not None
    row = rated_round(measures=12, people=(60, 50, 40), question=("Wie gut passt das? " * 30)[:500], top=10)
    row.title = ("Regionale Bündnisse " * 20)[:160]
    row.save()
    for measure in row.measures.all():
        Measure.objects.filter(pk=measure.pk).update(title=("Innovations- und Wertschöpfungsbündnisse " * 9)[:longest])
    ranking = freeze(assessment_round=row, actor=cast.project_office)
    assert sum(measure["status"] == "secured" for measure in ranking.result["measures"]) >= 5
    pages = PdfReader(io.BytesIO(document_pdf(build(ranking, "de")))).pages
    first, second = (page.extract_text() for page in (pages[0], pages[1]))
    assert "Wie belastbar ist das?" in first
    assert "zu den ersten 10 gehört." in " ".join(first.split())
    assert "Rangfolge" in second
