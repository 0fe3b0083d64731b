"""Markdown written by visitors, as HTML that can do no harm."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from publishing.text import printable

TOP_HEADING = 3
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
TAGS = {"p", "br", "hr", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a"} | HEADINGS
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}

# Raw HTML stays text; pictures stay links, so that no page fetches anything from a third party.
PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")


@lru_cache(maxsize=500)
def render_markdown(text: str, top: int = TOP_HEADING) -> SafeString:
    """CommonMark as safe HTML. The highest heading in the text becomes one of level `top`, the next one follows without
    a gap, so that the outline of the page around it stays whole. Links to schemes other than SCHEMES lose their
    target."""
    tokens = PARSER.parse(printable(text))
    _shift_headings(tokens, top)
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener ugc",
        strip_comments=True,
    )
    return mark_safe(clean)  # noqa: S308 nh3 lets only TAGS and ATTRIBUTES through


def _shift_headings(tokens: list[Token], top: int) -> None:
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(top + levels.index(token.tag), 6)}"
