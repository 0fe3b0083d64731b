"""Tables as values: what a cell may be, how a cell reads, and the flat form that data files are written from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from django.utils.translation import gettext as _

from publishing import numbers

KEY = re.compile(r"[a-z][a-z0-9_-]*")

Kind = Literal["text", "integer", "decimal", "percent", "interval", "percent_interval", "date"]


@dataclass(frozen=True, slots=True)
class Interval:
    """Two ends, both included. Shares are between 0 and 1; rank sets have whole ends."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"An interval from {self.low} to {self.high} has no inside")


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A value that exists and is not shown, because too few people stand behind it.

    `threshold` None marks a value hidden only so that a small one cannot be computed from it and the totals.
    """

    threshold: int | None = 5

    def __str__(self) -> str:
        return "•" if self.threshold is None else f"<{self.threshold}"


Cell: TypeAlias = str | int | float | date | Interval | Suppressed | None

CELL_TYPES: dict[Kind, type | tuple[type, ...]] = {
    "text": str,
    "integer": int,
    "decimal": (int, float),
    "percent": (int, float),
    "interval": Interval,
    "percent_interval": Interval,
    "date": date,
}


@dataclass(frozen=True, slots=True)
class Column:
    """`percent` columns hold shares between 0 and 1. `heat` gives the values of the palest and the strongest shade."""

    key: str
    label: str
    kind: Kind = "text"
    decimals: int = 1
    heat: tuple[float, float] | None = None

    @property
    def is_number(self) -> bool:
        return self.kind not in {"text", "date"}


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is short (a sheet of a workbook); `row_header` the key of the column that names a row, by default the
    first column of text. Raises ValueError when rows, keys or kinds do not fit: a wrong table is never printed."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    name: str = ""
    row_header: str = ""
    main: bool = False

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        for key in [self.key, *keys]:
            if not KEY.fullmatch(key):
                raise ValueError(f"The key {key!r} must be lower case letters, digits, - and _")
        if not keys or len(set(keys)) != len(keys):
            raise ValueError(f"Table {self.key!r} needs columns with different keys")
        if self.row_header and self.row_header not in keys:
            raise ValueError(f"Table {self.key!r} has no column {self.row_header!r}")
        for row in self.rows:
            self._check_row(row)

    def _check_row(self, row: tuple[Cell, ...]) -> None:
        if len(row) != len(self.columns):
            raise ValueError(f"Table {self.key!r} has {len(self.columns)} columns, but a row of {len(row)} cells")
        for column, cell in zip(self.columns, row, strict=True):
            if cell is None or isinstance(cell, Suppressed):
                continue
            if isinstance(cell, bool) or not isinstance(cell, CELL_TYPES[column.kind]):
                raise ValueError(f"Table {self.key!r}: {cell!r} does not fit the {column.kind} column {column.key!r}")

    @property
    def header_index(self) -> int:
        """The place of the column whose cells name their rows."""
        for place, column in enumerate(self.columns):
            if column.key == self.row_header or (not self.row_header and column.kind == "text"):
                return place
        return 0


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """A column of a data file: an interval has become two of them."""

    key: str
    label: str
    kind: Kind
    decimals: int


FlatCell: TypeAlias = str | int | float | date | Suppressed | None


def flat_columns(table: Table) -> tuple[FlatColumn, ...]:
    return tuple(flat for column in table.columns for flat in _flat_column(column))


def flat_rows(table: Table) -> Iterator[tuple[FlatCell, ...]]:
    """Rows that match `flat_columns`; a suppressed interval is suppressed at both ends."""
    for row in table.rows:
        yield tuple(flat for column, cell in zip(table.columns, row, strict=True) for flat in _flat_cell(column, cell))


def cell_text(cell: Cell, column: Column, language: str) -> str:
    """How people read the cell on the page and in the PDF; nothing to say is a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, Interval):
        write = numbers.percent_interval if column.kind == "percent_interval" else numbers.interval
        return write(cell.low, cell.high, language, column.decimals)
    if isinstance(cell, date):
        return numbers.short_date(cell, language)
    if isinstance(cell, int | float):
        return _number_text(cell, column, language)
    return str(cell)


def notes_of(table: Table) -> tuple[str, ...]:
    """The notes of the table, and one for each sign that stands for a hidden value, in the active language."""
    hidden = {cell for row in table.rows for cell in row if isinstance(cell, Suppressed)}
    notes = list(table.notes)
    for cell in sorted(hidden, key=str, reverse=True):
        if cell.threshold is None:
            notes.append(_("•: nicht gezeigt, weil sich sonst die Angaben weniger Personen errechnen ließen."))
        else:
            text = _("<%(threshold)d: nicht gezeigt, weil weniger als %(threshold)d Personen dahinterstehen.")
            notes.append(text % {"threshold": cell.threshold})
    return tuple(notes)


def _number_text(value: float, column: Column, language: str) -> str:
    if column.kind == "integer":
        return numbers.integer(int(value), language)
    write = numbers.percent if column.kind == "percent" else numbers.decimal
    return write(value, language, column.decimals)


def _flat_column(column: Column) -> Iterator[FlatColumn]:
    if column.kind not in {"interval", "percent_interval"}:
        yield FlatColumn(column.key, column.label, column.kind, column.decimals)
        return
    kind: Kind = "percent" if column.kind == "percent_interval" else "decimal"
    yield FlatColumn(f"{column.key}_low", _("%(label)s (von)") % {"label": column.label}, kind, column.decimals)
    yield FlatColumn(f"{column.key}_high", _("%(label)s (bis)") % {"label": column.label}, kind, column.decimals)


def _flat_cell(column: Column, cell: Cell) -> Iterator[FlatCell]:
    if isinstance(cell, Interval):
        yield cell.low
        yield cell.high
        return
    yield cell
    if column.kind in {"interval", "percent_interval"}:
        yield cell
