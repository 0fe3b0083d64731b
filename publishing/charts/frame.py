"""The ground every chart of rows stands on: where labels, marks and values go, on a screen of any width and in print.

Horizontal places are shares of the width in percent, so that a drawing fills its column on the page while its letters
keep their size; vertical places are pixels.
"""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString

from publishing import numbers
from publishing.charts import palette
from publishing.charts.svg import Attribute, element, group

FONT = "Fira Sans, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Medium:
    """`left` and `right` bound the plot in percent of the width; a label has at most `lines` lines of
    `wrap` letters, the full text is in the table that goes with the chart."""

    label_above: bool
    width: int | None
    left: float
    right: float
    wrap: int
    lines: int
    line_height: int
    font_size: float

    @property
    def mark_height(self) -> int:
        return 24 if self.label_above else 0


SCREEN = Medium(label_above=True, width=None, left=1.5, right=70, wrap=42, lines=3, line_height=18, font_size=14)
PRINT = Medium(label_above=False, width=680, left=37, right=79, wrap=38, lines=2, line_height=15, font_size=12.5)


@dataclass(frozen=True, slots=True)
class Labels:
    """What is told about a drawing: `identifier` is unique on the page, the description says what is to be seen."""

    identifier: str
    title: str
    description: str
    language: str


@dataclass(frozen=True, slots=True)
class Scale:
    low: float
    high: float
    kind: Literal["decimal", "percent"] = "decimal"
    decimals: int = 1

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"A scale from {self.low} to {self.high} has no length")

    def share(self, value: float) -> float:
        """Where the value lies between the ends, 0 to 1; what lies outside is drawn at the edge."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def write(self, value: float, language: str, decimals: int | None = None) -> str:
        write = numbers.percent if self.kind == "percent" else numbers.decimal
        return write(value, language, self.decimals if decimals is None else decimals)

    def ticks(self) -> list[float]:
        """Three to six round values between the ends."""
        rough = (self.high - self.low) / 4
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [place * step for place in range(first, last + 1)]


class Frame:
    """Rows from top to bottom below a line of tick labels. `middle(i)` is the height at which row i has its mark."""

    def __init__(self, labels: Sequence[str], scale: Scale, medium: Medium) -> None:
        self.scale, self.medium = scale, medium
        self.lines = [_wrap(label, medium) for label in labels]
        self.tops: list[float] = []
        self.height: float = 26
        for lines in self.lines:
            self.tops.append(self.height)
            self.height += len(lines) * medium.line_height + medium.mark_height + 8

    def x(self, value: float) -> float:
        """Percent of the width."""
        return self.medium.left + (self.medium.right - self.medium.left) * self.scale.share(value)

    def middle(self, row: int) -> float:
        text = len(self.lines[row]) * self.medium.line_height
        return self.tops[row] + (text + self.medium.mark_height / 2 if self.medium.label_above else text / 2)

    def row_labels(self) -> SafeString:
        return group(
            written(line, x="0", y=top + self.medium.line_height - 4 + place * self.medium.line_height)
            for lines, top in zip(self.lines, self.tops, strict=True)
            for place, line in enumerate(lines)
        )

    def value_text(self, row: int, text: str) -> SafeString:
        """The value in figures at the right edge of its row."""
        return written(text, x="100%", y=self.middle(row) + 5, text_anchor="end")

    def grid(self, language: str) -> SafeString:
        """Fine vertical lines with their values on top."""
        decimals = (
            0
            if all(_is_whole(tick * (100 if self.scale.kind == "percent" else 1)) for tick in self.scale.ticks())
            else 1
        )
        return group(self._tick(tick, self.scale.write(tick, language, decimals)) for tick in self.scale.ticks())

    def _tick(self, value: float, text: str) -> SafeString:
        x = self.x(value)
        anchor = "start" if x < 3 else "middle"
        line = element(
            "line",
            x1=percent(x),
            x2=percent(x),
            y1=20,
            y2=self.height,
            stroke=palette.LINE,
            stroke_width=1,
            class_="chart-grid",
        )
        return group(
            [line, written(text, muted=True, x=percent(x if anchor == "middle" else 0), y=14, text_anchor=anchor)]
        )

    def drawing(self, labels: Labels, *parts: SafeString) -> SafeString:
        """The whole picture with its accessible name and description."""
        name, story = f"{labels.identifier}-title", f"{labels.identifier}-desc"
        width, height = self.medium.width, math.ceil(self.height)
        return element(
            "svg",
            element("title", labels.title, id=name),
            element("desc", labels.description, id=story),
            *parts,
            xmlns="http://www.w3.org/2000/svg",
            class_="drawing",
            role="img",
            aria_labelledby=f"{name} {story}",
            lang=labels.language,
            width="100%" if width is None else width,
            height=height,
            viewBox=None if width is None else f"0 0 {width} {height}",
            font_family=FONT,
            font_size=self.medium.font_size,
        )


def percent(x: float) -> str:
    return f"{x:.3f}".rstrip("0").rstrip(".") + "%"


def written(text: str, *, muted: bool = False, **attributes: Attribute) -> SafeString:
    """Text in ink, or in the quieter colour of the axes; `fill` and `class_` may say otherwise."""
    defaults: dict[str, Attribute] = {
        "fill": palette.MUTED if muted else palette.INK,
        "class_": "chart-muted" if muted else "chart-text",
    }
    return element("text", text, **(defaults | attributes))


def bar(start: float, end: float, y: float, height: float, tone: palette.Tone) -> SafeString:
    """A filled piece between two places in percent, parted from its neighbours by a line in the colour of the paper."""
    fill, _text_colour = palette.FILLS[tone]
    return element(
        "rect", x=percent(start), width=percent(end - start), y=y, height=height,
        fill=fill, stroke=palette.PAPER, stroke_width=1, class_=f"chart-fill tone-{tone}",
    )  # fmt: skip


def _wrap(label: str, medium: Medium) -> list[str]:
    return textwrap.wrap(label, medium.wrap, max_lines=medium.lines, placeholder=" …") or ["–"]


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-9
