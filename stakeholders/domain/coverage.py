"""Who is missing: people by group and district against what the project office aims at. Pure: counts in, gaps out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Place: TypeAlias = tuple[int, int]
"""Row and column of a table with totals: the last row and the last column hold the sums."""
Table: TypeAlias = Sequence[Sequence[int]]
Node: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One group in one district; without a target nothing is missing."""

    group: str
    district: str
    known: int
    active: int
    target: int | None

    @property
    def gap(self) -> int | None:
        return None if self.target is None else max(self.target - self.active, 0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """`cells` row by row: every group, in it every district, in the order of `groups` and `districts` (keys)."""

    groups: tuple[str, ...]
    districts: tuple[str, ...]
    cells: tuple[Cell, ...]

    def cell(self, row: int, column: int) -> Cell:
        return self.cells[row * len(self.districts) + column]

    def gaps(self) -> list[Cell]:
        """Where somebody is missing, the largest gap first; equal ones in the order of groups and districts."""
        missing = [cell for cell in self.cells if cell.gap]
        return sorted(missing, key=lambda cell: -(cell.gap or 0))


def coverage(
    *,
    groups: Sequence[str],
    districts: Sequence[str],
    counts: Mapping[tuple[str, str], tuple[int, int]],
    targets: Mapping[tuple[str, str], int],
) -> Coverage:
    """`counts` are known and active people by group and district; a pair that is absent has nobody."""
    cells = (
        Cell(group, district, *counts.get((group, district), (0, 0)), targets.get((group, district)))
        for group in groups
        for district in districts
    )
    return Coverage(tuple(groups), tuple(districts), tuple(cells))


def with_totals(values: Table) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in values]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def hidden_places(values: Table, minimum: int) -> frozenset[Place]:
    """Which places of the table with totals to hide, so that no number of people from 1 to `minimum` - 1 is shown or
    can be computed from the others. Nobody at all (0) is no small number.

    Rows and columns are the equations one could solve. What is hidden forms a graph with a node for each row and
    column and an edge for each hidden place: a place can be computed exactly if its edge is a bridge. So small places
    that are bridges get company until none is; and what is hidden in a line whose sum is shown adds up to `minimum`.
    """
    table = with_totals(values)
    hidden = {
        (row, column) for row, line in enumerate(table) for column, n in enumerate(line) if 0 < n < minimum
    }  # fmt: skip
    small = sorted(hidden)
    while True:
        exposed = next((place for place in small if _is_bridge(place, hidden)), None)
        company = _company(table, hidden, exposed) if exposed else _thin_line(table, hidden, minimum)
        if company is None:
            return frozenset(hidden)
        hidden.add(company)


def _is_bridge(place: Place, hidden: set[Place]) -> bool:
    """Whether row and column of the place are connected by this one hidden place alone."""
    return ("column", place[1]) not in _reached(("row", place[0]), hidden - {place})


def _reached(start: Node, hidden: set[Place]) -> set[Node]:
    ways: dict[Node, list[Node]] = defaultdict(list)
    for row, column in hidden:
        ways["row", row].append(("column", column))
        ways["column", column].append(("row", row))
    reached, waiting = {start}, [start]
    while waiting:
        fresh = [node for node in ways[waiting.pop()] if node not in reached]
        reached.update(fresh)
        waiting += fresh
    return reached


def _company(table: Table, hidden: set[Place], place: Place) -> Place | None:
    """The smallest place that closes a ring through this one; without one the smallest in the line that hides less."""
    here = _reached(("row", place[0]), hidden - {place})
    there = _reached(("column", place[1]), hidden - {place})
    closing = [
        (row, column)
        for row in range(len(table))
        for column in range(len(table[0]))
        if {("row", row), ("column", column)} & here and {("row", row), ("column", column)} & there
    ]
    lines = sorted((_row(table, place[0]), _column(table, place[1])), key=lambda line: len(hidden & set(line)))
    return next((found for line in (closing, *lines) if (found := _smallest(table, hidden, line))), None)


def _thin_line(table: Table, hidden: set[Place], minimum: int) -> Place | None:
    """A place to hide in a line that shows its sum and hides too little."""
    lines = [_row(table, row) for row in range(len(table))] + [_column(table, n) for n in range(len(table[0]))]
    for line in lines:
        inside = [place for place in line[:-1] if place in hidden]
        if inside and line[-1] not in hidden and sum(table[row][column] for row, column in inside) < minimum:
            return _smallest(table, hidden, line)
    return None


def _smallest(table: Table, hidden: set[Place], line: Iterable[Place]) -> Place | None:
    """Sums go last but for places of nobody at all, who are hidden only where there is nothing else."""
    last_row, last_column = len(table) - 1, len(table[0]) - 1

    def order(place: Place) -> tuple[bool, bool, int]:
        number = table[place[0]][place[1]]
        return number == 0, place[0] == last_row or place[1] == last_column, number

    return min((place for place in line if place not in hidden), key=order, default=None)


def _row(table: Table, row: int) -> list[Place]:
    return [(row, column) for column in range(len(table[0]))]


def _column(table: Table, column: int) -> list[Place]:
    return [(row, column) for row in range(len(table))]
