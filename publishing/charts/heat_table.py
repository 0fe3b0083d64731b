"""Rows by columns of tinted figures: groups by districts, measures by districts, measures by ranks."""

from collections.abc import Iterator
from dataclasses import dataclass

from publishing.charts.legend import LegendItem
from publishing.charts.levels import Shade, level_items, require_level, require_own_address, shade
from publishing.tables import Cell, Column, Kind, Table

# More columns than this have their names set upright, if one of them is longer than a number.
MOST_LEVEL_NAMES = 7
LONGEST_LEVEL_NAME = 4


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """`key` names the column in data files and starts with a letter (`d14612000`); `url` is an address of this site."""

    key: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """`level` 0 to 5 chooses the tint and is an index of the labels of the table."""

    value: Cell
    level: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`total` is shown where the table has a column for it; it is given, never computed here, so that what is hidden
    in a row cannot be told from its sum."""

    label: str
    cells: tuple[HeatCell, ...]
    total: Cell = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeatTable:
    """`levels` are the labels of the legend, level 0 first, an empty one is not listed; `kind` and `decimals` hold for
    all figures. `total_label` heads the column of totals, `foot` is the last row (sums or means).

    Raises ValueError when rows, levels, kinds, keys or addresses do not fit.
    """

    key: str
    caption: str
    row_label: str
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    levels: tuple[str, ...]
    kind: Kind = "integer"
    decimals: int = 0
    total_label: str = ""
    foot: HeatRow | None = None
    notes: tuple[str, ...] = ()
    name: str = ""

    def __post_init__(self) -> None:
        self.table()
        for row in self.all_rows():
            require_own_address(row.url)
            for cell in row.cells:
                require_level(cell.level, self.levels)
                require_own_address(cell.url)
        for column in self.columns:
            require_own_address(column.url)

    @property
    def has_upright_names(self) -> bool:
        longest = max((len(column.label) for column in self.columns), default=0)
        return len(self.columns) > MOST_LEVEL_NAMES and longest > LONGEST_LEVEL_NAME

    def all_rows(self) -> tuple[HeatRow, ...]:
        return (*self.rows, self.foot) if self.foot else self.rows

    def table(self) -> Table:
        """The same figures as a plain table, for data files: totals and foot included."""
        columns = [Column("label", self.row_label)]
        columns += [Column(column.key, column.label, self.kind, self.decimals) for column in self.columns]
        if self.total_label:
            columns.append(Column("total", self.total_label, self.kind, self.decimals))
        rows = tuple(self._flat(row) for row in self.all_rows())
        return Table(self.key, self.caption, tuple(columns), rows, self.notes, self.name)

    def shades(self) -> Iterator[tuple[Shade | None, ...]]:
        """Matches the cells of `table()`: names, totals and a figure of the foot without a level have no shade."""
        for row in self.all_rows():
            is_foot = row is self.foot
            inner = (None if is_foot and cell.level is None else shade(cell.value, cell.level) for cell in row.cells)
            yield (None, *inner, *((None,) if self.total_label else ()))

    def legend(self) -> tuple[LegendItem, ...]:
        return level_items(self.levels, [tint for row in self.shades() for tint in row if tint is not None])

    def _flat(self, row: HeatRow) -> tuple[Cell, ...]:
        totals = (row.total,) if self.total_label else ()
        return (row.label, *(cell.value for cell in row.cells), *totals)
