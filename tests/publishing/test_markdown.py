import pytest

from publishing.markdown import render_markdown
from tests.publishing.reading import read_page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
        "![a](https://example.org/pixel.gif)",
        '<a href="x" onclick="y">z</a>',
        '[a](https://example.org "x\\" onmouseover=\\"alert(1)")',
        "<svg/onload=alert(1)>",
        "<!-- --!><script>x</script>",
        "`<script>`\n\n    <script>\n",
        "<javascript:alert(1)>",
    ],
)
def test_harm_is_printed_or_dropped(text: str) -> None:
    page = read_page(render_markdown(text))
    assert {(tag, name) for tag, name, _value in page.attributes} <= {("a", "href"), ("a", "rel"), ("a", "title")}
    assert all(value.startswith("https://") for _tag, name, value in page.attributes if name == "href")
    assert page.tags <= {"p", "a", "code", "pre"}


def test_links_are_marked_as_those_of_visitors() -> None:
    assert render_markdown("[Seite](https://example.org)").strip() == (
        '<p><a href="https://example.org" rel="nofollow noopener ugc">Seite</a></p>'
    )


@pytest.mark.parametrize(
    ("text", "levels"),
    [("# A\n\n## B\n\n# C", ["3", "4", "3"]), ("### A\n\n###### B", ["3", "4"]), ("A\n=\n\nB\n-", ["3", "4"])],
)
def test_headings_start_at_three_without_gaps(text: str, levels: list[str]) -> None:
    html = render_markdown(text)
    assert [html[place + 2] for place in range(len(html)) if html.startswith("<h", place)] == levels


def test_bare_addresses_stay_text_and_lists_are_lists() -> None:
    assert "<a" not in render_markdown("siehe https://example.org")
    assert render_markdown("- a\n- b").count("<li>") == 2
    assert '<ol start="3">' in render_markdown("3. c")


def test_control_characters_and_long_texts_are_survived() -> None:
    assert render_markdown("a\x00b\u202ec") == "<p>abc</p>\n"
    assert render_markdown("[" * 10_000).count("[") == 10_000
    assert len(render_markdown("Wort " * 2_000)) > 9_000
