"""Majority judgment (Balinski and Laraki) on weighted histograms, with exact removal of medians.

Repeatedly taking away the median grade reads a sorted list of grades from its middle outwards: lower median, the grade
above it, the grade below it and so on. For shares instead of counts the list is the quantile function, read at 1/2 - t
and 1/2 + t while t grows from 0. The order below compares exactly these readings, so it equals repeated removal for
counts of equal totals, and extends it to group weights; the shorter "majority gauge" is not used.
"""

import numpy as np

from measures.domain.rating_data import Floats, Ints

ROUNDING = 12  # decimals kept of cumulative shares, so that equal shares reached by different sums are equal


def majority_ranks(histogram: Floats) -> Ints:
    """int[M]: rank of each row of float64[M, X] (weights of the grades 1 to X); ties share the better rank.

    0 for a row without any weight.
    """
    total = histogram.sum(axis=1)
    filled = np.flatnonzero(total > 0)
    result = np.zeros(len(histogram), dtype=np.int64)
    if filled.size:
        result[filled] = _ranks_of_filled(histogram[filled] / total[filled, None])
    return result


def _ranks_of_filled(share: Floats) -> Ints:
    cumulative = np.round(np.cumsum(share, axis=1), ROUNDING)
    cumulative[:, -1] = 1.0
    steps = np.unique(np.append(np.round(np.abs(cumulative - 0.5), ROUNDING), [0.0, 0.5]))
    middle = (steps[:-1] + steps[1:]) / 2
    lower = (cumulative[:, :, None] < 0.5 - middle).sum(axis=1)
    upper = (cumulative[:, :, None] < 0.5 + middle).sum(axis=1)
    readings = np.stack([lower, upper], axis=2).reshape(len(share), -1)
    _, place = np.unique(readings, axis=0, return_inverse=True)
    place = place.ravel()
    better: Ints = (place[:, None] < place[None, :]).sum(axis=1)
    return 1 + better
