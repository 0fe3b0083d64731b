"""From single answers to counts by group and thesis: the only step whose cost grows with the number of people.

Answers are +1 (agree), 0 (seen, without a position) and -1 (disagree). Counts are int64[G, J, 3] for G groups, J theses
and the columns below. Pure functions.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from theses.domain.intervals import Bools, Ints

DISAGREE, PASSED, AGREE = 0, 1, 2
"""Columns of the counts: the answer plus one."""

AT_A_TIME = 1 << 16
"""Answers handled together, so that what is worked on stays in the cache."""

AnyInts = NDArray[np.integer[Any]]


def tally(*, group: AnyInts, participant: AnyInts, thesis: AnyInts, value: AnyInts, groups: int, theses: int) -> Ints:
    """int64[groups, theses, 3] from one answer a pair: `participant`, `thesis` and `value` int[V], `group` int[P].

    Raises ValueError for indices or values out of range; negative ones never count from the end.
    """
    _check(group, groups, "group")
    offset = group.astype(np.int64) * (theses * 3) + 1
    counts = np.zeros(groups * theses * 3, dtype=np.int64)
    for start in range(0, len(value), AT_A_TIME):
        part = slice(start, start + AT_A_TIME)
        _check(thesis[part], theses, "thesis")
        _check(participant[part], len(group), "participant")
        if not -1 <= value[part].min() <= value[part].max() <= 1:
            raise ValueError("a value is none of -1, 0 and 1")
        cell = offset[participant[part]]
        cell += np.multiply(thesis[part], 3, dtype=np.int64)
        cell += value[part]
        counts += np.bincount(cell, minlength=len(counts))
    return counts.reshape(groups, theses, 3)


def latest(participant: AnyInts, thesis: AnyInts) -> Ints:
    """Positions, in their order, of the last row of each pair of participant and thesis; rows come in order of time."""
    if not len(participant):
        return np.zeros(0, dtype=np.int64)
    pair = participant.astype(np.int64) * (int(thesis.max()) + 1) + thesis
    _, from_the_end = np.unique(pair[::-1], return_index=True)
    return np.asarray(np.sort(len(pair) - 1 - from_the_end), dtype=np.int64)


def publishable(counts: Ints, *, smallest: int) -> Ints:
    """int64[G + 1, J, 3]: cells of fewer than `smallest` answers are emptied and stand together in a last row.

    That row is empty too where it `betrays` them, so that no total tells by subtraction what is hidden. Whatever is
    computed from these counts may be published.
    """
    small = is_small(counts, smallest=smallest)
    together = np.where(small[:, :, None], counts, 0).sum(axis=0)
    together[betrays(small.sum(axis=0), together.sum(axis=1), smallest=smallest)] = 0
    return np.concatenate([np.where(small[:, :, None], 0, counts), together[None]])


def betrays(cells: Ints, answers: Ints, *, smallest: int) -> Bools:
    """Whether the sum of the answers in so many small cells is small itself or tells each of them: all hold one answer,
    or all hold the most that is small."""
    return np.asarray((answers < smallest) | (answers == cells) | (answers == cells * (smallest - 1)))


def is_small(counts: Ints, *, smallest: int) -> Bools:
    """bool[G, J]: somebody answered, but too few to tell."""
    seen = counts.sum(axis=2)
    return np.asarray((seen > 0) & (seen < smallest))


def _check(index: AnyInts, size: int, name: str) -> None:
    if len(index) and not 0 <= index.min() <= index.max() < size:
        raise ValueError(f"a {name} is out of range")
