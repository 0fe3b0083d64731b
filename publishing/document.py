"""A report as a value. Page, PDF, workbook, CSV and JSON are written from it and so carry the same numbers.

Texts are plain text in the language of the document; what looks like markup is printed as it stands. Whoever builds a
document has already decided what may be shown: cells with few people behind them are `Suppressed` here, never later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from publishing.charts.bars import Bars
from publishing.charts.bubbles import BubbleMap
from publishing.charts.district_map import DistrictMap
from publishing.charts.heat_table import HeatTable
from publishing.charts.intervals import IntervalPlot
from publishing.charts.stacked import StackedBars
from publishing.tables import KEY, Cell, Column, Kind, Table

Chart: TypeAlias = IntervalPlot | Bars | BubbleMap | StackedBars | DistrictMap


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lead` is set larger: the sentence a reader in a hurry takes away."""

    text: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    key: str
    label: str
    value: Cell
    kind: Kind = "integer"
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A few large numbers; in data files a table with one row."""

    key: str
    caption: str
    figures: tuple[KeyFigure, ...]

    @property
    def table(self) -> Table:
        columns = tuple(Column(figure.key, figure.label, figure.kind, figure.decimals) for figure in self.figures)
        return Table(self.key, self.caption, columns, (tuple(figure.value for figure in self.figures),))


@dataclass(frozen=True, slots=True)
class TableBlock:
    table: Table


@dataclass(frozen=True, slots=True)
class HeatBlock:
    """A tinted table; in data files a table like any other."""

    heat: HeatTable

    @property
    def table(self) -> Table:
        return self.heat.table()


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """`alt` says in a sentence or two what is to be seen. The numbers follow as a table made from the chart, unless
    `table_key` names a table of the document that already shows them."""

    key: str
    caption: str
    alt: str
    chart: Chart
    table_key: str = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(f"The chart {self.key!r} needs a text for those who do not see it")

    @property
    def table(self) -> Table | None:
        return None if self.table_key else self.chart.table(self.key, self.caption)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark set apart: how to read something, or what to beware of."""

    text: str
    heading: str = ""
    tone: Literal["info", "warning"] = "info"


Block: TypeAlias = Paragraph | BulletList | KeyFigures | TableBlock | HeatBlock | ChartBlock | Note


@dataclass(frozen=True, slots=True)
class Section:
    """`level` 2 stands below the title, 3 and 4 below a section of the level above. In print the next one begins on a
    new page if this one `ends_page`."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...]
    level: int = 2
    ends_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """`meta` are pairs of label and text below the title: publisher, version, hash, software. `publisher` is the author
    in the properties of the files. A `compact` one is printed small and close, for sheets of one page. Raises
    ValueError when anchors, keys or levels do not fit together."""

    title: str
    language: str
    date: date
    sections: tuple[Section, ...]
    subtitle: str = ""
    publisher: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    compact: bool = False

    def __post_init__(self) -> None:
        anchors = [section.anchor for section in self.sections]
        keys = [block.key for block in self.blocks() if isinstance(block, ChartBlock | KeyFigures)]
        tables = [block.table.key for block in self.blocks() if isinstance(block, TableBlock | HeatBlock)]
        _require_different(anchors, "anchor")
        _require_different(keys + tables, "key")
        for block in self.blocks():
            if isinstance(block, ChartBlock) and block.table_key not in {"", *tables}:
                raise ValueError(f"The chart {block.key!r} points to a table {block.table_key!r} that is not there")
        level = 1
        for section in self.sections:
            if not 2 <= section.level <= min(level + 1, 4):
                raise ValueError(f"The section {section.anchor!r} skips a level of headings")
            level = section.level

    def blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks

    def tables(self) -> tuple[Table, ...]:
        """Every table of the document in reading order, those of key figures and charts included."""
        carriers = (
            block for block in self.blocks() if isinstance(block, KeyFigures | TableBlock | HeatBlock | ChartBlock)
        )
        return tuple(table for block in carriers if (table := block.table) is not None)

    def main_table(self) -> Table | None:
        """The table marked as main, else the first one printed as a table, else the first."""
        tables = self.tables()
        printed = [block.table for block in self.blocks() if isinstance(block, TableBlock | HeatBlock)]
        return next(iter([table for table in tables if table.main] + printed + list(tables)), None)


def _require_different(keys: list[str], what: str) -> None:
    for key in keys:
        if not KEY.fullmatch(key):
            raise ValueError(f"The {what} {key!r} must be lower case letters, digits, - and _")
        if keys.count(key) > 1:
            raise ValueError(f"The {what} {key!r} is used more than once")
