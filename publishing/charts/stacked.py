"""Pieces in a row that add up: shares of answers by group, or what groups and criteria contribute to a score."""

from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from publishing.charts import palette
from publishing.charts.frame import Frame, Labels, Medium, Scale, bar, percent, written
from publishing.charts.legend import LegendItem, filled
from publishing.charts.svg import group
from publishing.tables import Cell, Column, Suppressed, Table


@dataclass(frozen=True, slots=True)
class Series:
    key: str
    label: str
    tone: palette.Tone


@dataclass(frozen=True, slots=True)
class StackedRow:
    """`values` match the series, none below 0; `note` stands at the right edge (how many people, or the sum)."""

    label: str
    values: tuple[float | Suppressed | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class StackedBars:
    """The scale starts at 0. A row with a suppressed value is not drawn, only told: the gap would give it away."""

    series: tuple[Series, ...]
    rows: tuple[StackedRow, ...]
    scale: Scale
    row_label: str
    note_label: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            drawn = [value for value in row.values if isinstance(value, int | float)]
            if len(row.values) != len(self.series) or min(drawn, default=0) < 0 or self.scale.low != 0:
                raise ValueError(
                    f"{row.label}: one value for each of {len(self.series)} series, none below 0, from 0 on"
                )

    def table(self, key: str, caption: str) -> Table:
        columns = [Column("label", self.row_label)]
        columns += [Column(series.key, series.label, self.scale.kind, self.scale.decimals) for series in self.series]
        rows: list[tuple[Cell, ...]] = [(row.label, *row.values) for row in self.rows]
        if self.note_label:
            columns.append(Column("note", self.note_label))
            rows = [(*cells, row.note) for cells, row in zip(rows, self.rows, strict=True)]
        return Table(key, caption, tuple(columns), tuple(rows))

    def parts(self, rows: int) -> tuple["StackedBars", ...]:
        """Charts of at most that many rows, for paper."""
        return tuple(
            replace(self, rows=self.rows[start : start + rows]) for start in range(0, len(self.rows), rows)
        ) or (self,)

    def legend(self) -> tuple[LegendItem, ...]:
        return tuple(filled(series.label, series.tone) for series in self.series)

    def draw(self, labels: Labels, medium: Medium) -> SafeString:
        frame = Frame([row.label for row in self.rows], self.scale, medium)
        marks = (self._row(frame, place, row, labels.language) for place, row in enumerate(self.rows))
        return frame.drawing(labels, frame.grid(labels.language), frame.row_labels(), *marks)

    def _row(self, frame: Frame, place: int, row: StackedRow, language: str) -> SafeString:
        note = frame.value_text(place, row.note)
        hidden = next((value for value in row.values if isinstance(value, Suppressed)), None)
        if hidden is not None:
            y = frame.middle(place) + 5
            return group([written(str(hidden), muted=True, x=percent(frame.x(0)), y=y), note])
        pieces, start = [], 0.0
        for series, value in zip(self.series, row.values, strict=True):
            if isinstance(value, int | float) and value > 0:
                pieces.append(self._piece(frame, place, series, (start, start + value), language))
                start += value
        return group([*pieces, note])

    def _piece(self, frame: Frame, place: int, series: Series, ends: tuple[float, float], language: str) -> SafeString:
        y, start, end = frame.middle(place), frame.x(ends[0]), frame.x(ends[1])
        piece = bar(start, end, y - 9, 18, series.tone)
        if end - start < 9:
            return piece
        text = self.scale.write(ends[1] - ends[0], language, 0)
        colour = palette.FILLS[series.tone][1]
        label = written(
            text, fill=colour, x=percent((start + end) / 2), y=y + 4.5, text_anchor="middle", font_size=12,
            class_=f"chart-on tone-{series.tone}",
        )  # fmt: skip
        return group([piece, label])
