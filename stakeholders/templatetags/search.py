import re
from collections.abc import Collection

from django import template
from django.db import models
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

WORD = re.compile(r"(\w+)")


@register.filter
def highlighted(text: object, hits: Collection[str]) -> SafeString:
    """The text, escaped, with a mark around every word that is among the hits (`stakeholders.search.hits`)."""
    if not hits:
        return conditional_escape(str(text))
    pieces = WORD.split(str(text))
    return format_html_join("", "{}", ((_marked(piece) if piece in hits else piece,) for piece in pieces))


@register.simple_tag
def language(row: models.Model, field: str) -> SafeString:
    """The attribute that says a text is in German on an English page, where the row has no English for it."""
    if get_language() != "en" or getattr(row, f"{field}_en"):
        return SafeString()
    return format_html(' lang="{}"', "de")


def _marked(word: str) -> SafeString:
    return format_html("<mark>{}</mark>", word)
