from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(view: str, /, *parts: int | str, **named: object) -> str:
    """`reverse` that looks up an address once: the same parts give the same address as long as a process runs.

    A list holds an address in every row, and looking one up costs as much as drawing the row.
    """
    return _reversed(view, get_language(), get_script_prefix(), *parts, **named)


@lru_cache(maxsize=4096)
def _reversed(view: str, _language: str | None, _prefix: str, /, *parts: int | str, **named: object) -> str:
    """Language and prefix are looked up by `reverse` itself; here they tell remembered addresses apart."""
    return reverse(view, args=parts, kwargs=named)
