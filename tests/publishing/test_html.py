import itertools
import re

import pytest

from publishing.html import document_html, table_html
from publishing.tables import Column, Table
from tests.publishing import reading, samples


@pytest.fixture(scope="module")
def page() -> reading.PageReader:
    return reading.read_page(document_html(samples.sample_document()))


def test_page_needs_no_exception_from_a_strict_policy(page: reading.PageReader) -> None:
    names = {name for _tag, name, _value in page.attributes}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]
    assert not {"style", "script", "img", "iframe", "object"} & page.tags
    targets = [value for _tag, name, value in page.attributes if name in {"href", "src", "xlink:href"}]
    assert targets
    assert all(target.startswith("#") for target in targets)


def test_ids_are_different_and_every_reference_has_its_target(page: reading.PageReader) -> None:
    ids = [value for _tag, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    named = [value for _tag, name, value in page.attributes if name == "aria-labelledby"]
    linked = [value[1:] for _tag, name, value in page.attributes if name == "href"]
    assert {part for value in named for part in value.split()} | set(linked) <= set(ids)


def test_tables_name_their_region_and_head_columns_and_rows() -> None:
    html = table_html(samples.ranking_table(), "de")
    assert 'role="region" aria-labelledby="table-ranking-caption" tabindex="0"' in html
    assert html.count('scope="col"') == 8
    assert len(re.findall(r'<th scope="row"[^>]*data-label="Maßnahme"', html)) == 6


def test_small_tables_become_cards_and_wide_ones_scroll() -> None:
    small = Table("t", "T", (Column("a", "A"), Column("b", "B", "integer")), (("x", 1),))
    assert "table--rows" in table_html(small, "de")
    assert "table--rows" not in table_html(samples.ranking_table(), "de")


def test_hidden_values_are_explained_below_the_table() -> None:
    html = table_html(samples.ranking_table(), "de")
    assert "&lt;5: nicht gezeigt, weil weniger als 5 Personen dahinterstehen." in html
    assert "•: nicht gezeigt" in html


def test_shades_follow_the_value_and_hidden_cells_have_none() -> None:
    columns = (Column("name", "N"), Column("v", "V", "decimal", heat=(0.0, 100.0)))
    table = Table("t", "T", columns, tuple((str(value), float(value)) for value in (-5, 0, 19, 20, 59, 80, 100, 200)))
    steps = re.findall(r"heat-(\d)", table_html(table, "de"))
    assert steps == ["1", "1", "1", "2", "3", "5", "5", "5"]
    assert "suppressed heat" not in table_html(samples.heat_table(), "de")


def test_headings_follow_each_other_without_gap(page: reading.PageReader) -> None:
    html = document_html(samples.sample_document())
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_english_page_writes_english_numbers() -> None:
    html = document_html(samples.sample_document("en"))
    assert "1,234,567" in html
    assert "81.3%" in html
    assert 'lang="en"' in html
