"""One bar per row, with an interval at its end if there is one: shares by group, means by district."""

from dataclasses import dataclass, replace
from typing import Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing.charts import palette
from publishing.charts.frame import Frame, Labels, Medium, Scale, bar, percent
from publishing.charts.legend import LegendItem
from publishing.charts.svg import element, group
from publishing.tables import Column, Interval, Suppressed, Table


@dataclass(frozen=True, slots=True)
class BarRow:
    label: str
    value: float | Suppressed | None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    rows: tuple[BarRow, ...]
    scale: Scale
    row_label: str
    value_label: str
    tone: palette.Tone = "plain"

    def table(self, key: str, caption: str) -> Table:
        kind = self.scale.kind
        interval_kind: Literal["interval", "percent_interval"] = "percent_interval" if kind == "percent" else "interval"
        columns = [Column("label", self.row_label), Column("value", self.value_label, kind, self.scale.decimals)]
        if not any(row.interval for row in self.rows):
            return Table(key, caption, tuple(columns), tuple((row.label, row.value) for row in self.rows))
        columns.append(Column("interval", _("Intervall"), interval_kind, self.scale.decimals))
        return Table(key, caption, tuple(columns), tuple((row.label, row.value, row.interval) for row in self.rows))

    def parts(self, rows: int) -> tuple["Bars", ...]:
        """Charts of at most that many rows, for paper."""
        return tuple(
            replace(self, rows=self.rows[start : start + rows]) for start in range(0, len(self.rows), rows)
        ) or (self,)

    def legend(self) -> tuple[LegendItem, ...]:
        return ()

    def draw(self, labels: Labels, medium: Medium) -> SafeString:
        frame = Frame([row.label for row in self.rows], self.scale, medium)
        marks = (self._row(frame, place, row, labels.language) for place, row in enumerate(self.rows))
        return frame.drawing(labels, frame.grid(labels.language), frame.row_labels(), *marks)

    def _row(self, frame: Frame, place: int, row: BarRow, language: str) -> SafeString:
        if row.value is None or isinstance(row.value, Suppressed):
            return frame.value_text(place, "–" if row.value is None else str(row.value))
        y, zero = frame.middle(place), frame.x(max(self.scale.low, 0.0))
        ends = sorted([zero, frame.x(row.value)])
        parts = [bar(ends[0], ends[1], y - 7, 14, self.tone)]
        if row.interval:
            parts.append(_whisker(frame, row.interval, y))
        return group([*parts, frame.value_text(place, self.scale.write(row.value, language))])


def _whisker(frame: Frame, interval: Interval, y: float) -> SafeString:
    """Drawn twice: the paper below the ink keeps it visible on the bar."""
    start, end = percent(frame.x(interval.low)), percent(frame.x(interval.high))
    lines = [(start, end, y, y), (start, start, y - 4, y + 4), (end, end, y - 4, y + 4)]
    inks = [(palette.PAPER, 4.5, "chart-halo"), (palette.INK, 1.5, "chart-stroke")]
    return group(
        element("line", x1=x1, x2=x2, y1=y1, y2=y2, stroke=stroke, stroke_width=width, class_=class_)
        for stroke, width, class_ in inks
        for x1, x2, y1, y2 in lines
    )
