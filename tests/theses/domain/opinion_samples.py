"""Counts and rules for tests of figures on theses."""

import numpy as np

from theses.domain.common_ground import Rules
from theses.domain.intervals import Ints


def counts_of(*theses: list[tuple[int, int, int]]) -> Ints:
    """int[G, J, 3] from (agree, disagree, pass) of each group, one list a thesis."""
    table = np.array(theses, dtype=np.int64)
    return table[:, :, [1, 2, 0]].transpose(1, 0, 2)


def usual(groups: int, **changes: int) -> Rules:
    declared = np.ones(groups, dtype=bool)
    return Rules(declared, np.zeros_like(declared), np.full(groups, np.nan), **changes)
