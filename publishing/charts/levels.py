"""The sequential levels that maps and heat tables share: five tints, a blank one, two signs for what is not shown."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing import numbers
from publishing.charts import palette
from publishing.charts.legend import LegendItem, swatch
from publishing.charts.svg import element, group
from publishing.tables import Cell, Suppressed

# A tint 1 to 5; 0 is blank: nought, or a value without a level. "hidden" is hatched, "none" is grey.
Shade: TypeAlias = int | Literal["hidden", "none"]

UNKNOWN_FILL = "#eceef5"


@dataclass(frozen=True, slots=True)
class Steps:
    """One to five bounds in rising order. A value has the level of the last bound it reaches, and 0 below the first.

    With 0 as the first bound nothing lies below: level 0 has no label then. Raises ValueError for other bounds.
    """

    bounds: tuple[float, ...]
    kind: Literal["integer", "decimal", "percent"] = "integer"
    decimals: int = 0

    def __post_init__(self) -> None:
        if not 1 <= len(self.bounds) <= palette.HEAT_STEPS or list(self.bounds) != sorted(set(self.bounds)):
            raise ValueError(f"The bounds {self.bounds} are not one to {palette.HEAT_STEPS} rising numbers")

    def level(self, value: Cell) -> int | None:
        """None for what is not a number: nothing, a hidden value, a text."""
        return bisect_right(self.bounds, value) if isinstance(value, int | float) else None

    def labels(self, language: str) -> tuple[str, ...]:
        """What each level holds, level 0 first: `0`, `1 bis 4`, `ab 5` for counts, `20 bis unter 40` for measures."""
        with translation.override(language):
            between = [self._between(*ends, language) for ends in zip(self.bounds, self.bounds[1:], strict=False)]
            last = _("ab %(low)s") % {"low": self._write(self.bounds[-1], language)}
            return (self._below(language), *between, last)

    def _below(self, language: str) -> str:
        first = self.bounds[0]
        if first == 0:
            return ""
        if self.kind == "integer" and first == 1:
            return "0"
        return _("unter %(high)s") % {"high": self._write(first, language)}

    def _between(self, low: float, high: float, language: str) -> str:
        start = self._write(low, language)
        if self.kind != "integer":
            return _("%(low)s bis unter %(high)s") % {"low": start, "high": self._write(high, language)}
        end = self._write(high - 1, language)
        return start if start == end else _("%(low)s bis %(high)s") % {"low": start, "high": end}

    def _write(self, value: float, language: str) -> str:
        write = numbers.percent if self.kind == "percent" else numbers.decimal
        return write(value, language, 0 if self.kind == "integer" else self.decimals)


def require_level(level: int | None, labels: tuple[str, ...]) -> None:
    """Raises ValueError unless the legend lists the level and there is a tint for it."""
    if len(labels) > palette.HEAT_STEPS + 1:
        raise ValueError(f"There are tints for {palette.HEAT_STEPS} levels above 0, not for {len(labels) - 1}")
    if level is not None and not 0 <= level < len(labels):
        raise ValueError(f"The level {level} is not one of the {len(labels)} that have a label")


def require_own_address(url: str) -> None:
    """A drawing links within the site only. Raises ValueError for a scheme or another host."""
    if url and (url[0] not in "/?#" or url.startswith(("//", "/\\"))):
        raise ValueError(f"The address {url!r} leads away from this site")


def shade(value: Cell, level: int | None) -> Shade:
    if isinstance(value, Suppressed):
        return "hidden"
    return "none" if value is None else level or 0


def colours(tint: Shade) -> tuple[str, str]:
    """Fill and text colour in print; what is hidden gets its hatch on top of the paper."""
    if isinstance(tint, int) and tint:
        return palette.heat_colours(tint)
    return (UNKNOWN_FILL, palette.MUTED) if tint == "none" else (palette.PAPER, palette.INK)


def level_items(labels: tuple[str, ...], shades: Iterable[Shade]) -> tuple[LegendItem, ...]:
    """The levels that have a label, then the signs that occur among the shades."""
    seen = set(shades)
    named: list[tuple[Shade, str]] = [(level, label) for level, label in enumerate(labels) if label]
    named += [("hidden", _("nicht gezeigt, zu wenige Personen"))] if "hidden" in seen else []
    named += [("none", _("keine Angabe"))] if "none" in seen else []
    return tuple(LegendItem(label, swatch(_sample(tint))) for tint, label in named)


def hatch_line(**ends: float) -> SafeString:
    return element("line", stroke=palette.MUTED, stroke_width=1.5, class_="hatch-line", **ends)


def _sample(tint: Shade) -> SafeString:
    fill, _text_colour = colours(tint)
    box = element(
        "rect", x=1, y=1, width=16, height=12, fill=fill, stroke=palette.INK, stroke_width=1,
        class_=f"level-shape heat-{tint}",
    )  # fmt: skip
    if tint != "hidden":
        return box
    return group([box, *(hatch_line(x1=x, y1=12.5, x2=x + 5, y2=1.5) for x in (2, 6.5, 11))])
