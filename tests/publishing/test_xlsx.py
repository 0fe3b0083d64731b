import io
from dataclasses import replace
from datetime import date, datetime

from openpyxl import load_workbook

from publishing.document import Document, Section, TableBlock
from publishing.tables import Column, Table
from publishing.xlsx import document_xlsx
from tests.publishing import reading, samples


def named(*names: str) -> Document:
    tables = [Table(f"t{place}", "T", (Column("a", "A"),), (), (), name) for place, name in enumerate(names)]
    blocks = tuple(TableBlock(table) for table in tables)
    return Document("T", "de", date(2027, 1, 1), (Section("S", "s", blocks),))


def test_sheet_names_are_made_legal_and_different() -> None:
    book = reading.sheets(
        document_xlsx(named("a/b:c?[d]*\\", "Werte", "WERTE", "'q'", "x" * 40, "x" * 50, "Hinweise", ""))
    )
    names = list(book)
    assert names[:5] == ["Hinweise", "a b c d", "Werte", "WERTE 2", "q"]
    assert len({name.casefold() for name in names}) == len(names) == 9
    assert max(map(len, names)) <= 31


def test_history_is_not_taken_as_a_name() -> None:
    assert "history" not in [name.casefold() for name in reading.sheets(document_xlsx(named("History")))]


def test_first_sheet_tells_what_the_workbook_is() -> None:
    rows = reading.sheets(document_xlsx(samples.sample_document()))["Hinweise"]
    assert ("Titel", "Priorisierung der Maßnahmen, Runde 1") in rows
    assert ("Stand", "Dienstag, 9. März 2027") in rows
    assert ("Fassung", "1.2") in rows
    assert ("Blatt „Rangfolge“", "Rangfolge der Maßnahmen") in rows


def test_header_is_frozen_and_numbers_carry_their_format() -> None:
    book = load_workbook(io.BytesIO(document_xlsx(samples.sample_document())))
    sheet = book["Rangfolge"]
    assert sheet.freeze_panes == "A2"
    assert [sheet.cell(2, column).number_format for column in (1, 3, 8, 10)] == [
        "#,##0",
        "#,##0.0",
        "0.0 %",
        "dd.mm.yyyy",
    ]
    assert [sheet.cell(1, column).value for column in (4, 5)] == ["95-%-Intervall (von)", "95-%-Intervall (bis)"]


def test_same_document_gives_the_same_bytes_dated_by_the_document() -> None:
    document = samples.sample_document()
    first = document_xlsx(document)
    assert first == document_xlsx(samples.sample_document())
    properties = load_workbook(io.BytesIO(first)).properties
    assert properties.created == datetime(2027, 3, 9, 12)  # noqa: DTZ001 workbooks know no time zone
    assert properties.title == document.title
    assert first != document_xlsx(replace(document, date=date(2027, 3, 10)))


def test_texts_beyond_the_limit_of_a_cell_are_cut() -> None:
    table = Table("t", "T", (Column("a", "A"),), (("x" * 40_000,),))
    document = Document("T", "de", date(2027, 1, 1), (Section("S", "s", (TableBlock(table),)),))
    assert len(reading.sheets(document_xlsx(document))["T"][1][0]) == 32_767
