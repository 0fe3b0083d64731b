import random

import pytest

from stakeholders.domain.coverage import Place, Table, coverage, hidden_places, with_totals

MINIMUM = 5


def test_gaps_come_largest_first_and_need_a_target() -> None:
    found = coverage(
        groups=["a", "b"],
        districts=["x", "y"],
        counts={("a", "x"): (9, 2), ("a", "y"): (4, 4), ("b", "x"): (3, 0)},
        targets={("a", "x"): 5, ("a", "y"): 3, ("b", "y"): 7},
    )
    assert [(cell.group, cell.district, cell.gap) for cell in found.gaps()] == [("b", "y", 7), ("a", "x", 3)]
    assert [cell.gap for cell in found.cells] == [3, 0, None, 7]
    assert found.cell(1, 0).known == 3


def test_totals_stand_at_the_end() -> None:
    assert with_totals([[1, 2], [3, 4]]) == [[1, 2, 3], [3, 4, 7], [4, 6, 10]]


@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[9, 0], [0, 9]], [[5, 6], [7, 8]]])
def test_nothing_is_hidden_without_small_numbers(table: Table) -> None:
    assert hidden_places(table, MINIMUM) == frozenset()


def test_a_small_number_is_hidden_with_company_in_row_and_column() -> None:
    hidden = hidden_places([[3, 10, 20], [30, 40, 50], [60, 70, 80]], MINIMUM)
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_total_that_is_small_itself_is_hidden_too() -> None:
    hidden = hidden_places([[2, 0], [0, 50]], MINIMUM)
    assert {(0, 0), (0, 2), (2, 0)} <= hidden


def solutions(table: Table, hidden: frozenset[Place], *, most: int) -> dict[Place, set[int]]:
    """Every value each hidden inner place may have when all that is shown is known, by trying all of them."""
    full = with_totals(table)
    rows, columns = len(table), len(table[0])
    free = sorted(hidden)
    possible: dict[Place, set[int]] = {place: set() for place in free}

    def fits(values: dict[Place, int]) -> bool:
        def at(row: int, column: int) -> int:
            return values.get((row, column), full[row][column])

        lines = [(sum(at(r, c) for c in range(columns)), at(r, columns)) for r in range(rows + 1)]
        lines += [(sum(at(r, c) for r in range(rows)), at(rows, c)) for c in range(columns + 1)]
        return all(total == shown for total, shown in lines)

    inner = [place for place in free if place[0] < rows and place[1] < columns]

    def attempt(index: int, values: dict[Place, int]) -> None:
        if index == len(inner):
            whole = dict(values)
            for row, column in free:
                if (row, column) in whole:
                    continue
                cells = [
                    (r, c)
                    for r in (range(rows) if row == rows else (row,))
                    for c in (range(columns) if column == columns else (column,))
                ]
                whole[row, column] = sum(whole.get((r, c), full[r][c]) for r, c in cells)
            if fits(whole):
                for place, value in whole.items():
                    possible[place].add(value)
            return
        for value in range(most + 1):
            attempt(index + 1, {**values, inner[index]: value})

    attempt(0, {})
    return possible


@pytest.mark.parametrize("seed", range(12))
def test_no_small_number_can_be_computed(seed: int) -> None:
    chance = random.Random(seed)
    table = [[chance.choice((0, 1, 2, 4, 5, 6)) for _column in range(2)] for _row in range(2)]
    hidden = hidden_places(table, MINIMUM)
    full = with_totals(table)
    for (row, column), values in solutions(table, hidden, most=12).items():
        if 0 < full[row][column] < MINIMUM:
            assert len(values) > 1, (table, sorted(hidden), row, column)


@pytest.mark.parametrize("seed", range(5))
def test_large_tables_are_protected_in_time(seed: int) -> None:
    chance = random.Random(seed)
    table = [[chance.choice((0, 0, 2, 30, 300)) for _column in range(14)] for _row in range(10)]
    full, hidden = with_totals(table), hidden_places(table, MINIMUM)
    for row, line in enumerate(full):
        for column, number in enumerate(line):
            if 0 < number < MINIMUM:
                assert (row, column) in hidden
                assert sum(place[0] == row for place in hidden) > 1
                assert sum(place[1] == column for place in hidden) > 1
