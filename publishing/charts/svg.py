from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Attribute = str | float | None


def element(name: str, *children: str, **attributes: Attribute) -> SafeString:
    """One SVG element. Children that are not marked safe are escaped; `stroke_width=1.5` writes `stroke-width="1.5"`,
    `class_="x"` writes `class="x"`; an attribute that is None is left out."""
    written = (
        (key.rstrip("_").replace("_", "-"), _text(value)) for key, value in attributes.items() if value is not None
    )
    opening = format_html("<{}{}", name, format_html_join("", ' {}="{}"', written))
    if not children:
        return format_html("{}/>", opening)
    return format_html("{}>{}</{}>", opening, group(children), name)


def group(parts: Iterable[str]) -> SafeString:
    """The parts one after the other, with no element around them."""
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308 each part is escaped here


def _text(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.2f}".rstrip("0").rstrip(".")
