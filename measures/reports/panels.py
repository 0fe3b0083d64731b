"""What the apps above show on the page of a measure: they add it when they start, and nothing here knows them."""

from collections.abc import Callable
from typing import TypeAlias

from django.utils.safestring import SafeString

from measures.models import Measure

Panel: TypeAlias = Callable[[Measure], SafeString]

_panels: dict[str, Panel] = {}


def add_panel(name: str, panel: Panel) -> None:
    """A section with its heading, the same for everybody. Adding it again changes nothing; they stand in this order."""
    _panels[name] = panel


def panels_of(measure: Measure) -> list[SafeString]:
    return [panel(measure) for panel in _panels.values()]
