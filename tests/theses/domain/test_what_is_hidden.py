"""Nobody can work out a small cell, also not by subtracting what is shown from what is shown (methods section 4.8)."""

import json
from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from theses.domain.evaluation import result_of
from theses.domain.opinions import Answers, equal_voice, everybody
from theses.domain.stance_arrays import StanceCounts
from theses.reports.ground import ground_of

Cells = tuple[tuple[int, int, int], ...]
"""Answers (disagree, passed, agree) of each declared group, the last: of people without one."""

SMALL = st.sampled_from([(0, 0, 1), (1, 0, 1), (0, 2, 1), (0, 0, 4), (2, 1, 1), (4, 0, 0), (1, 1, 2), (0, 1, 0)])
LARGE = st.sampled_from([(1, 0, 4), (2, 3, 7), (0, 0, 20), (30, 2, 1), (9, 9, 9)])
EMPTY = st.just((0, 0, 0))


def everything_told(cells: Cells) -> str:
    """Both public outputs: what the evaluation stores, from which page, CSV and JSON are made, and a thesis' page."""
    counts = np.array(cells, dtype=np.int64)[:, None, :]
    groups = tuple(range(len(cells) - 1))
    stored = json.dumps(result_of(StanceCounts(groups, (7,), counts)))
    page: dict[int | None, Answers] = {
        key: Answers(disagree=disagree, passed=passed, agree=agree)
        for key, (disagree, passed, agree) in zip((*groups, None), cells, strict=True)
        if disagree + passed + agree
    }
    shown = {key: "<5" if answers.is_small else answers for key, answers in page.items()}
    voice = equal_voice(page, excluded=frozenset([None]))
    ground = ground_of(page, {group: f"Gruppe {group}" for group in groups})
    return f"{stored} {shown} {everybody(page)} {voice} {ground}"


def otherwise(cells: Cells, place: int) -> Iterator[Cells]:
    """The same large cells, and another number of answers in this small one."""
    small = [each for each, cell in enumerate(cells) if 0 < sum(cell) < 5]
    for source, target in permutations(small, 2):
        if place in (source, target) and sum(cells[source]) > 1 and sum(cells[target]) < 4:
            kind = max(range(3), key=lambda column: cells[source][column])
            step = np.eye(3, dtype=np.int64)[kind]
            yield _with(_with(cells, source, cells[source] - step), target, cells[target] + step)
    for answers in range(1, 5):
        if answers != sum(cells[place]):
            yield _with(cells, place, (0, 0, answers))
            yield tuple((0, 0, answers) if each in small else cell for each, cell in enumerate(cells))


def _with(cells: Cells, place: int, cell: object) -> Cells:
    disagree, passed, agree = np.asarray(cell).tolist()
    return (*cells[:place], (disagree, passed, agree), *cells[place + 1 :])


@given(st.lists(st.one_of(SMALL, LARGE, EMPTY), min_size=2, max_size=6).map(tuple))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_every_small_cell_could_hold_another_number_of_answers(cells: Cells) -> None:
    small = [place for place, cell in enumerate(cells) if 0 < sum(cell) < 5]
    assume(small)
    told = everything_told(cells)
    for place in small:
        assert any(everything_told(other) == told for other in otherwise(cells, place)), (cells, place)


@pytest.mark.parametrize(
    ("few", "told"),
    [
        ([(0, 0, 4)], 20),
        ([(0, 0, 3), (1, 0, 0)], 20),
        ([(0, 0, 4), (2, 0, 2)], 20),  # eight answers of two small groups: four each
        ([(1, 0, 0)] * 5, 20),  # five answers of five small groups: one each
        ([(0, 0, 3), (1, 0, 1)], 25),
        ([(0, 0, 4), (2, 0, 1)], 27),
    ],
)
def test_small_cells_are_told_together_only_where_none_follows(few: list[tuple[int, int, int]], told: int) -> None:
    cells: Cells = ((0, 0, 10), (0, 0, 10), *few, (0, 0, 0))
    counts = np.array(cells, dtype=np.int64)[:, None, :]
    row = result_of(StanceCounts(tuple(range(len(cells) - 1)), (7,), counts))["theses"][0]
    page = everybody({number: Answers(*(cell[2], 0, cell[0], cell[1])) for number, cell in enumerate(cells)})
    assert page is not None
    assert (row["answers"], page.total) == (told, told)
