"""What the apps above show on the page of a measure: they add it when they start, and nothing here knows them."""

from collections.abc import Callable
from typing import TypeAlias

from django.utils.safestring import SafeString

from measures.models import Measure

Panel: TypeAlias = Callable[[Measure], SafeString]

_panels: dict[int, Panel] = {}


def add_panel(place: int, panel: Panel) -> None:
    """A section with its heading, the same for everybody, at this place from 1 on. Adding it again changes nothing."""
    _panels[place] = panel


def panels_of(measure: Measure) -> list[SafeString]:
    return [_panels[place](measure) for place in sorted(_panels)]
