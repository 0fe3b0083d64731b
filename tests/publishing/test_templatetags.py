from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from publishing.document import ChartBlock
from tests.publishing import samples


def rendered(source: str, language: str = "de", **context: object) -> str:
    with translation.override(language):
        return Template("{% load publishing %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "german", "english"),
    [
        ("{{ v|decimal }}", 1234.56, "1.234,6", "1,234.6"),
        ("{{ v|decimal:2 }}", None, "–", "–"),
        ("{{ v|integer }}", 12345, "12.345", "12,345"),
        ("{{ v|percent }}", 0.256, "26\u00a0%", "26%"),
        ("{{ v|percent:1 }}", 0.256, "25,6\u00a0%", "25.6%"),
        ("{{ v|weekday_date }}", date(2017, 3, 7), "Dienstag, 7. März 2017", "Tuesday, 7 March 2017"),
        ("{{ v|weekday_date }}", None, "", ""),
        (
            "{{ v|weekday_time }}",
            datetime(2017, 3, 7, 17, 30, tzinfo=UTC),
            "Dienstag, 7. März 2017, 18:30 Uhr",
            "Tuesday, 7 March 2017, 18:30",
        ),
    ],
)
def test_filters_write_in_the_language_of_the_page(source: str, value: object, german: str, english: str) -> None:
    assert rendered(source, "de", v=value) == german
    assert rendered(source, "en", v=value) == english


def test_markdown_is_safe_html() -> None:
    assert rendered("{{ v|markdown }}", v="**x** <b>") == "<p><strong>x</strong> &lt;b&gt;</p>\n"


def test_tables_and_charts_stand_in_any_page() -> None:
    block = ChartBlock("shares", "Anteile", "Alt", samples.share_bars())
    html = rendered("{% data_table table %}{% chart block %}", table=samples.ranking_table(), block=block)
    assert 'id="table-ranking"' in html
    assert 'id="chart-shares-title"' in html
    assert 'id="table-shares"' in html


def test_tinted_tables_and_bare_drawings_stand_in_any_page() -> None:
    block = ChartBlock("map", "Karte", "Alt", samples.district_map("/karte/"))
    html = rendered("{% heat_table table %}{% drawing block %}", table=samples.coverage(), block=block)
    assert 'id="table-coverage"' in html
    assert 'href="/karte/?kreis=14612000"' in html
    assert 'id="table-map"' not in html
    assert "Zahlen als Tabelle" not in html
