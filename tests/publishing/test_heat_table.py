import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.charts.levels import Steps, colours
from publishing.csv_file import long_csv
from publishing.document import Document, HeatBlock, Section
from publishing.html import heat_html
from publishing.json_file import document_json
from publishing.pdf import document_pdf
from publishing.tables import Suppressed
from publishing.xlsx import document_xlsx
from tests.publishing import reading, samples
from tests.publishing.test_charts import contrast


def small(cell: HeatCell, **changes: Any) -> HeatTable:
    table = HeatTable(
        "fit", "Passung", "Maßnahme", (HeatColumn("a", "A"),), (HeatRow("M 1", (cell,)),), ("0", "1 bis 4", "ab 5")
    )
    return replace(table, **changes)


def report(heat: HeatTable) -> Document:
    return replace(samples.sample_document(), sections=(Section("Kreise", "kreise", (HeatBlock(heat),)),))


def test_cells_have_headers_on_both_sides_and_stand_in_a_region_to_scroll() -> None:
    html = heat_html(samples.coverage(), "de")
    assert 'role="region" aria-labelledby="table-coverage-caption" tabindex="0"' in html
    assert html.count('scope="col"') == 1 + 14 + 1
    assert html.count('scope="row"') == 10 + 1
    assert html.count("<td") == 11 * 15
    assert "<tfoot>" in html
    assert "style=" not in html


def test_every_cell_shows_its_figure_and_its_tint() -> None:
    found: dict[str, str] = {}
    for value, level in ((0, 0), (3, 1), (9, 2), (Suppressed(5), None), (None, None)):
        html = heat_html(small(HeatCell(value, level)), "de")
        found.update(re.findall(r'<td class="([\w-]+)" dir="auto">([^<]*)</td>', html))
    assert found == {"heat-0": "0", "heat-1": "3", "heat-2": "9", "heat-hidden": "&lt;5", "heat-none": "–"}


def test_links_say_where_their_cell_stands() -> None:
    html = heat_html(small(HeatCell(3, 1, "/x/?a=1&b=2")), "de")
    link = '<a href="/x/?a=1&amp;b=2"><span class="visually-hidden">M 1, A: </span>3</a>'
    assert link in html
    html = heat_html(small(HeatCell(3, 1), columns=(HeatColumn("a", "A", "/a/"),)), "de")
    assert '<a href="/a/">A</a>' in html
    html = heat_html(small(HeatCell(3, 1), rows=(HeatRow("M 1", (HeatCell(3, 1),), url="/m/"),)), "de")
    assert '<a href="/m/">M 1</a>' in html


def test_texts_are_never_markup() -> None:
    hostile = '<b onclick="x">'
    columns = (HeatColumn("a", hostile),)
    rows = (HeatRow(hostile, (HeatCell(3, 1, "/x/"),)),)
    heat = small(HeatCell(3, 1), caption=hostile, row_label=hostile, columns=columns, rows=rows, notes=(hostile,))
    page = reading.read_page(heat_html(heat, "de"))
    assert "b" not in page.tags
    assert page.text.count(hostile) == 7


def test_names_stand_upright_over_many_columns_unless_they_are_short() -> None:
    assert samples.coverage().has_upright_names
    assert "heat--upright" in heat_html(samples.coverage(), "de")
    ranks = tuple(HeatColumn(f"r{rank}", str(rank)) for rank in range(1, 51))
    assert not small(HeatCell(1), columns=ranks, rows=()).has_upright_names
    assert "heat--upright" not in heat_html(small(HeatCell(1)), "de")


def test_table_without_rows_says_so() -> None:
    assert '<td colspan="2">Keine Angaben</td>' in heat_html(small(HeatCell(1), rows=()), "de")


def test_signs_for_what_is_hidden_are_explained() -> None:
    html = heat_html(samples.coverage(), "de")
    assert "&lt;5: nicht gezeigt, weil weniger als 5 Personen dahinterstehen." in html
    assert "nicht gezeigt, zu wenige Personen" in html
    assert "keine Angabe<" not in html


def test_heat_table_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        small(HeatCell("drei", 1))
    with pytest.raises(ValueError, match="row of 3 cells"):
        small(HeatCell(3), rows=(HeatRow("M 1", (HeatCell(1), HeatCell(2))),))
    with pytest.raises(ValueError, match="not one of the 3"):
        small(HeatCell(3, 3))
    with pytest.raises(ValueError, match="lower case"):
        small(HeatCell(3), columns=(HeatColumn("14612000", "Dresden"),))
    for wrong in (
        {"rows": (HeatRow("M 1", (HeatCell(3, 1, "javascript:x"),)),)},
        {"rows": (HeatRow("M 1", (HeatCell(3, 1),), url="https://example.org/"),)},
        {"columns": (HeatColumn("a", "A", "//example.org/"),)},
    ):
        with pytest.raises(ValueError, match="leads away"):
            small(HeatCell(3), **wrong)


def test_data_files_carry_all_cells_the_totals_and_the_foot() -> None:
    document = report(samples.coverage())
    lines = reading.csv_rows(long_csv(document))
    assert len(lines) == 1 + 11 * 16
    assert ["coverage", "3", "d14523000", "<5"] in lines
    sheet = reading.sheets(document_xlsx(document))
    assert any(row[0] == "Summe" and row[-1] == 1337 for rows in sheet.values() for row in rows)
    table = json.loads(document_json(document))["tables"]["coverage"]
    assert table["rows"][2]["d14523000"] == {"suppressed": "<5"}
    assert table["rows"][-1]["total"] == 1337


def test_pdf_shows_every_figure_on_an_upright_page() -> None:
    pdf = document_pdf(report(samples.coverage()))
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert all(page.mediabox.height > page.mediabox.width for page in pages)
    text = reading.pdf_text(pdf)
    for expected in ("SächsischeIndustrieunternehmen", "1.337", "<5", "nichtgezeigt,zuwenigePersonen", "ab20"):
        assert expected in text


def test_fifty_measures_fit_a_pdf() -> None:
    rows = tuple(HeatRow(f"Maßnahme {number}", samples.coverage().rows[number % 10].cells) for number in range(50))
    text = reading.pdf_text(document_pdf(report(replace(samples.coverage(), rows=rows, foot=None, total_label=""))))
    assert all(f"Maßnahme{number}" in text for number in range(50))


def test_steps_give_levels_and_say_what_they_hold() -> None:
    counts = Steps((1, 5, 6, 1000))
    assert [counts.level(value) for value in (0, 1, 4, 5, 999, 1000)] == [0, 1, 1, 2, 3, 4]
    assert [counts.level(value) for value in (None, Suppressed(5), "x")] == [None] * 3
    assert counts.labels("de") == ("0", "1 bis 4", "5", "6 bis 999", "ab 1.000")
    assert Steps((0.25, 0.5), "percent").labels("de") == (
        "unter 25\u00a0%",
        "25\u00a0% bis unter 50\u00a0%",
        "ab 50\u00a0%",
    )
    assert Steps((0, 2.5), "decimal", 1).labels("de") == ("", "0,0 bis unter 2,5", "ab 2,5")


@pytest.mark.parametrize("bounds", [(), (1, 1), (2, 1), (1, 2, 3, 4, 5, 6)])
def test_steps_refuse_bounds_that_do_not_rise(bounds: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="rising"):
        Steps(bounds)


def test_every_shade_in_print_can_be_read() -> None:
    assert [tint for tint in (0, 1, 2, 3, 4, 5, "hidden", "none") if contrast(*colours(tint)) < 4.5] == []
