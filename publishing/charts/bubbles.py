"""Circles on a map without scales: how large groups are and how near to one another."""

import math
from dataclasses import dataclass

from django.utils.safestring import SafeString

from publishing.charts import palette
from publishing.charts.frame import FONT, Labels, Medium, percent, written
from publishing.charts.legend import LegendItem
from publishing.charts.svg import element, group
from publishing.tables import Column, Suppressed, Table

HEIGHT, LARGEST = 260, 46


@dataclass(frozen=True, slots=True)
class Bubble:
    """Not drawn without a place or with a hidden size."""

    label: str
    size: int | Suppressed
    x: float | None
    y: float | None


@dataclass(frozen=True, slots=True)
class BubbleMap:
    """Areas are in proportion to sizes; only distances mean something, so there are no axes."""

    rows: tuple[Bubble, ...]
    row_label: str
    size_label: str

    def table(self, key: str, caption: str) -> Table:
        columns = (Column("label", self.row_label), Column("size", self.size_label, "integer"))
        return Table(key, caption, columns, tuple((bubble.label, bubble.size) for bubble in self.rows))

    def parts(self, rows: int) -> tuple["BubbleMap", ...]:
        """A map is never cut, whatever number of rows paper has room for."""
        return (self,) if rows else ()

    def legend(self) -> tuple[LegendItem, ...]:
        return ()

    def draw(self, labels: Labels, medium: Medium) -> SafeString:
        name, story = f"{labels.identifier}-title", f"{labels.identifier}-desc"
        return element(
            "svg",
            element("title", labels.title, id=name),
            element("desc", labels.description, id=story),
            *(self._circle(number, bubble) for number, bubble in enumerate(self.rows, start=1)),
            xmlns="http://www.w3.org/2000/svg",
            class_="drawing",
            role="img",
            aria_labelledby=f"{name} {story}",
            lang=labels.language,
            width="100%" if medium.width is None else medium.width,
            height=HEIGHT,
            font_family=FONT,
            font_size=medium.font_size,
        )

    def _circle(self, number: int, bubble: Bubble) -> SafeString:
        if bubble.x is None or bubble.y is None or isinstance(bubble.size, Suppressed):
            return group([])
        x, y = self._place(bubble.x, bubble.y)
        tone = palette.SERIES[(number - 1) % len(palette.SERIES)]
        fill, text_colour = palette.FILLS[tone]
        circle = element(
            "circle", cx=percent(x), cy=y, r=self._radius(bubble.size), fill=fill, stroke=palette.PAPER,
            stroke_width=1, class_=f"chart-fill tone-{tone}",
        )  # fmt: skip
        label = written(
            str(number), fill=text_colour, x=percent(x), y=y + 5, text_anchor="middle", class_=f"chart-on tone-{tone}"
        )
        return group([circle, label])

    def _place(self, x: float, y: float) -> tuple[float, float]:
        """Percent of the width and pixels from above; the same unit of distance in both directions of the data."""
        drawn = [(each.x, each.y) for each in self.rows if each.x is not None and each.y is not None]
        middle = [sum(ends) / 2 for ends in ((min(axis), max(axis)) for axis in zip(*drawn, strict=True))]
        reach = max(max(abs(each[0] - middle[0]), abs(each[1] - middle[1])) for each in drawn) or 1.0
        room = HEIGHT / 2 - LARGEST - 2
        return 50 + 30 * (x - middle[0]) / reach, HEIGHT / 2 - room * (y - middle[1]) / reach

    def _radius(self, size: int) -> float:
        largest = max(bubble.size for bubble in self.rows if isinstance(bubble.size, int))
        return max(LARGEST * math.sqrt(size / largest), 12)
