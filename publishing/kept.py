"""What was drawn once and is the same for everybody is kept for a while, so that a page need not draw it again."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar, cast

from django.core.cache import cache
from django.utils.translation import get_language

Drawn = TypeVar("Drawn")


def kept(*parts: object, seconds: int, draw: Callable[[], Drawn]) -> Drawn:
    """What `draw` gave the last time for these `parts` in this language, at most `seconds` ago.

    The parts must name everything that decides how it looks, or may be as old as `seconds`.
    """
    key = "drawn:" + sha256(repr((get_language(), *parts)).encode()).hexdigest()
    return cast(Drawn, cache.get_or_set(key, draw, seconds))
