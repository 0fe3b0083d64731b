"""Page, PDF, XLSX, CSV and JSON of one report tell the same numbers, and no text becomes a formula."""

import io
import json
import re
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from measures.domain.ranking import freeze
from measures.models import Ranking
from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.measures import rated_round
from tests.publishing.reading import csv_rows, pdf_text, read_page, sheets


@pytest.fixture
def ranking(cast: Cast) -> Ranking:
    return freeze(assessment_round=rated_round(measures=4, people=(14, 11, 3)), actor=cast.project_office)


def signed_in(person: Stakeholder) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(ranking: Ranking) -> str:
    return reverse("measures:report_detail", args=[ranking.round.slug, ranking.version])


def download(client: Client, ranking: Ranking, extension: str) -> bytes:
    where = reverse("measures:report_download", args=[ranking.round.slug, ranking.version, extension])
    response = client.get(where)
    assert response.status_code == 200
    return response.content


def flat(row: dict[str, Any], columns: list[dict[str, str]]) -> list[Any]:
    """A row of the JSON file as the cells of a data file: an interval takes two."""
    cells: list[Any] = []
    for column in columns:
        cell = row[column["key"]]
        if isinstance(cell, dict):
            cell = cell["suppressed"]
        wide = "interval" in column["kind"]
        cells += (cell if isinstance(cell, list) else [cell, cell]) if wide else [cell]
    return cells


def told(text: str) -> list[float]:
    """The numbers that a German reader sees in a cell, shares as such."""
    numbers = [float(part.replace(".", "").replace(",", ".")) for part in re.findall(r"[\d.]*\d(?:,\d+)?", text)]
    return [number / 100 for number in numbers] if "%" in text else numbers


def slack(text: str) -> float:
    decimals = re.search(r",(\d+)", text)
    return 0.5001 * 10.0 ** (-(len(decimals[1]) if decimals else 0) - (2 if "%" in text else 0))


def same_on_page(text: str, cell: Any) -> None:
    values = cell if isinstance(cell, list) else [cell]
    if isinstance(cell, dict):
        assert text == cell["suppressed"]
    elif cell is None:
        assert text == "–"
    elif isinstance(cell, str):
        assert text == cell
    else:
        shown = told(text)
        assert len(shown) in {1, len(values)}
        for number, value in zip(shown * len(values) if len(shown) == 1 else shown, values, strict=False):
            assert abs(number - value) <= slack(text)


def test_page_and_all_four_files_tell_the_same_numbers(cast: Cast, ranking: Ranking) -> None:
    client = signed_in(cast.ministry)
    html = client.get(address(ranking)).content.decode()
    page = read_page(html[html.index("<article") : html.index("</article>") + len("</article>")])
    data = json.loads(download(client, ranking, "json"))
    book = list(sheets(download(client, ranking, "xlsx")).values())[1:]
    paper = pdf_text(download(client, ranking, "pdf"))
    numbers = 0
    assert len(book) == len(data["tables"])
    order = [key for section in data["sections"] for key in section["tables"]]
    for key, sheet in zip(order, book, strict=True):
        content = data["tables"][key]
        rows = [flat(row, content["columns"]) for row in content["rows"]]
        assert [list(row) for row in sheet[1:]] == [
            [pytest.approx(cell, rel=1e-14) if isinstance(cell, float) else cell for cell in row] for row in rows
        ]
        numbers += sum(isinstance(cell, int | float) for row in rows for cell in row)
        if key != "figures":
            same_table(page.tables[key], content, paper)
    assert numbers > 150


def same_table(shown: list[list[str]], content: dict[str, Any], paper: str) -> None:
    """On the page cell by cell; in the PDF the cells between the names of rows, in their order."""
    columns = content["columns"]
    assert [len(row) for row in shown] == [len(columns)] * (len(content["rows"]) + 1)
    for texts, row in zip(shown[1:], content["rows"], strict=True):
        for text, column in zip(texts, columns, strict=True):
            same_on_page(text, row[column["key"]])
        for before, after in pairwise(
            text for text, column in zip(texts, columns, strict=True) if column["kind"] != "text"
        ):
            assert "".join(before.split()) in paper
            assert "".join(after.split()) in paper


def test_csv_holds_the_ranking_with_full_precision(cast: Cast, ranking: Ranking) -> None:
    client = signed_in(cast.ministry)
    header, *rows = csv_rows(download(client, ranking, "csv"))
    content = json.loads(download(client, ranking, "json"))["tables"]["ranking"]
    assert header[:3] == ["rank", "measure", "score"]
    for row, measure in zip(rows, ranking.result["measures"], strict=True):
        assert float(row[2]) == measure["score"]
        assert [float(end) for end in row[3:5]] == measure["interval"]
        assert int(row[0]) == measure["rank"]
    expected = [
        ["" if cell is None else str(cell) for cell in flat(row, content["columns"])] for row in content["rows"]
    ]
    assert rows == expected


def test_csv_of_all_tables_tells_every_cell_of_the_json_file(cast: Cast, ranking: Ranking) -> None:
    client = signed_in(cast.ministry)
    told = {
        (table, int(row), column): value
        for table, row, column, value in csv_rows(download(client, ranking, "alle.csv"))[1:]
    }
    tables = json.loads(download(client, ranking, "json"))["tables"]
    count = 0
    for key, content in tables.items():
        names = [
            name
            for column in content["columns"]
            for name in (
                [f"{column['key']}_low", f"{column['key']}_high"] if "interval" in column["kind"] else [column["key"]]
            )
        ]
        for number, row in enumerate(content["rows"], start=1):
            for name, cell in zip(names, flat(row, content["columns"]), strict=True):
                assert told[key, number, name] == ("" if cell is None else str(cell))
                count += 1
    assert count == len(told)
    assert count > 300


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_a_title_never_becomes_a_formula(cast: Cast, start: str) -> None:
    row = rated_round(measures=3)
    title = f'{start}HYPERLINK("http://example.org";"Klick")'
    row.measures.update(title=title)
    ranking = freeze(assessment_round=row, actor=cast.project_office)
    client = signed_in(cast.ministry)
    shown = title.strip()
    book = load_workbook(io.BytesIO(download(client, ranking, "xlsx")))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert [cell for cell in cells if cell.data_type == "s" and shown in str(cell.value)]
    for extension in ("csv", "alle.csv"):
        texts = [text for line in csv_rows(download(client, ranking, extension)) for text in line]
        named = [text for text in texts if "HYPERLINK" in text]
        assert named
        assert all(text.startswith("'") for text in named if text.lstrip("'").startswith(("=", "+", "-", "@", "\t")))
        assert not any(text.startswith(("=", "+", "-", "@", "\t")) and "HYPERLINK" in text for text in texts)


def test_pdf_shows_every_ranking_row_in_one_piece(cast: Cast, ranking: Ranking) -> None:
    client = signed_in(cast.ministry)
    html = client.get(address(ranking)).content.decode()
    page = read_page(html[html.index("<article") : html.index("</article>") + len("</article>")])
    paper = pdf_text(download(client, ranking, "pdf"))
    for row in page.tables["ranking"][1:]:
        assert "".join("".join(cell.split()) for cell in row[2:]) in paper
