"""Workbooks that are written row by row."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from publishing.long_xlsx import LongSheet, long_xlsx


def read(sheets: list[LongSheet]) -> dict[str, list[tuple[object, ...]]]:
    with long_xlsx(sheets) as file:
        book = load_workbook(io.BytesIO(file.read()))
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


def test_cells_are_numbers_texts_and_gaps() -> None:
    rows = [(1, "a", None), (20, None, "=1+1")]
    assert read([LongSheet("Zahlen", ("n", "t", "f"), rows)]) == {"Zahlen": [("n", "t", "f"), *rows]}


def test_texts_are_never_formulas() -> None:
    with long_xlsx([LongSheet("Texte", ("t",), [("=HYPERLINK(1)",), ("http://example.org",), ("a\x01b",)])]) as file:
        page = load_workbook(file)["Texte"]
    assert [page[f"A{row}"].data_type for row in (2, 3)] == ["s", "s"]
    assert page["A4"].value == "ab"


def test_rows_beyond_a_sheet_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publishing.long_xlsx.LONGEST_SHEET", 3)
    rows = [(number,) for number in range(5)]
    assert read([LongSheet("Lang", ("n",), rows), LongSheet("Leer", ("n",), [])]) == {
        "Lang": [("n",), (0,), (1,)],
        "Lang 2": [("n",), (2,), (3,)],
        "Lang 3": [("n",), (4,)],
        "Leer": [("n",)],
    }


def test_failing_rows_leave_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows() -> object:
        yield (1,)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        long_xlsx([LongSheet("Voll", ("n",), rows())])  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
