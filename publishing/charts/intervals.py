"""Dot and interval per row, with the set of ranks the row may truly have: the picture of a prioritisation."""

from dataclasses import dataclass, replace
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing import numbers
from publishing.charts import palette
from publishing.charts.frame import Frame, Labels, Medium, Scale, percent
from publishing.charts.legend import LegendItem, swatch
from publishing.charts.svg import element, group
from publishing.tables import Column, Interval, Suppressed, Table

Status = Literal["secured", "possible", "not", "plain"]


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """`ranks` is the first and the last rank that the data allow; `status` chooses the shape of the mark."""

    label: str
    value: float | Suppressed | None
    interval: Interval | None = None
    ranks: Interval | None = None
    status: Status = "plain"


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """`row_label` and `value_label` head the table of the same numbers; `status_labels` is the legend, in order."""

    rows: tuple[IntervalRow, ...]
    scale: Scale
    row_label: str
    value_label: str
    status_labels: tuple[tuple[Status, str], ...] = ()

    def table(self, key: str, caption: str) -> Table:
        kind = self.scale.kind
        interval_kind: Literal["interval", "percent_interval"] = "percent_interval" if kind == "percent" else "interval"
        return Table(
            key=key,
            caption=caption,
            columns=(
                Column("label", self.row_label),
                Column("value", self.value_label, kind, self.scale.decimals),
                Column("interval", _("Intervall"), interval_kind, self.scale.decimals),
                Column("ranks", _("Mögliche Ränge"), "interval", 0),
            ),
            rows=tuple((row.label, row.value, row.interval, row.ranks) for row in self.rows),
        )

    def parts(self, rows: int) -> tuple["IntervalPlot", ...]:
        """Plots of at most that many rows, for paper."""
        return tuple(
            replace(self, rows=self.rows[start : start + rows]) for start in range(0, len(self.rows), rows)
        ) or (self,)

    def legend(self) -> tuple[LegendItem, ...]:
        return tuple(LegendItem(label, swatch(_mark("50%", 7, status))) for status, label in self.status_labels)

    def draw(self, labels: Labels, medium: Medium) -> SafeString:
        frame = Frame([row.label for row in self.rows], self.scale, medium)
        marks = (self._row(frame, place, row, labels.language) for place, row in enumerate(self.rows))
        return frame.drawing(labels, frame.grid(labels.language), frame.row_labels(), *marks)

    def _row(self, frame: Frame, place: int, row: IntervalRow, language: str) -> SafeString:
        y = frame.middle(place)
        text = frame.value_text(place, self._text(row, language))
        if row.value is None or isinstance(row.value, Suppressed):
            return text
        band = _band(frame, row.interval, y, row.status) if row.interval else ""
        return group([band, _mark(percent(frame.x(row.value)), y, row.status), text])

    def _text(self, row: IntervalRow, language: str) -> str:
        if row.value is None or isinstance(row.value, Suppressed):
            return "–" if row.value is None else str(row.value)
        value = self.scale.write(row.value, language)
        if row.ranks is None:
            return value
        return _("%(value)s · Rang %(ranks)s") % {"value": value, "ranks": _ranks(row.ranks, language)}


def _ranks(ranks: Interval, language: str) -> str:
    first, last = numbers.decimal(ranks.low, language, 0), numbers.decimal(ranks.high, language, 0)
    return first if first == last else f"{first}–{last}"


def _band(frame: Frame, interval: Interval, y: float, status: Status) -> SafeString:
    start, end = frame.x(interval.low), frame.x(interval.high)
    return element(
        "rect", x=percent(start), width=percent(end - start), y=y - 4, height=8, rx=4,
        fill=palette.LINE if status == "not" else palette.BAND, class_=f"chart-band band-{status}",
    )  # fmt: skip


def _mark(x: str, y: float, status: Status) -> SafeString:
    """A full dot is certain, a ring is possible, a bar is neither: three shapes, not three colours."""
    fill, _text_colour = palette.FILLS[status]
    if status == "not":
        return element(
            "line", x1=x, x2=x, y1=y - 6, y2=y + 6, stroke=palette.MUTED, stroke_width=3, class_="chart-stroke tone-not"
        )
    if status == "possible":
        return element(
            "circle",
            cx=x,
            cy=y,
            r=5,
            fill=palette.PAPER,
            stroke=fill,
            stroke_width=2.5,
            class_="chart-ring tone-possible",
        )
    return element("circle", cx=x, cy=y, r=6, fill=fill, class_=f"chart-fill tone-{status}")
