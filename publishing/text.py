import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from django.utils.functional import Promise

Value = TypeVar("Value")

# Direction overrides can make a sentence read as its opposite; isolates and marks (U+200E, U+2066) are left alone.
OVERRIDES = "\u202a\u202b\u202d\u202e"


def printable(value: Value) -> Value:
    """The same value, with every text in it, at any depth of tuples and dataclasses, free of what no format can carry.

    Removed are control characters (but not tab and line feed), lone surrogates, non-characters and direction overrides:
    XML forbids them, PDF/UA refuses them, and a terminal or a spreadsheet may obey them. Lazy translations become text.
    """
    return change_texts(value, _clean_text)


def change_texts(value: Value, change: Callable[[str], str]) -> Value:
    """The same value with every text in it, at any depth of tuples and dataclasses, changed."""
    return _changed(value, change)  # type: ignore[no-any-return]


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str | Promise):
        return change(str(value))
    if isinstance(value, tuple):
        return tuple(_changed(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _changed(getattr(value, field.name), change) for field in fields(value)})
    return value


def _clean_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return "".join(character for character in text if _is_allowed(character))


def _is_allowed(character: str) -> bool:
    if character in "\t\n":
        return True
    if character in OVERRIDES:
        return False
    return unicodedata.category(character) not in {"Cc", "Cs", "Cn"}
