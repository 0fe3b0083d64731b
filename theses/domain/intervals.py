"""Intervals of shares and of differences between shares, for whole arrays at once (methods section 2.2 and 2.4).

Pure functions. A share of nobody is NaN, and so are its ends. Quantiles may be one number or one for each cell.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Quantile = float | Floats

TWO_SIDED = 1.959964
"""Normal quantile of a two-sided interval at 95 %."""

ONE_SIDED = 1.644854
"""Normal quantile of a one-sided bound at 95 %."""


def shares(successes: Ints, totals: Ints) -> Floats:
    known = np.full(np.broadcast(successes, totals).shape, np.nan)
    np.divide(successes, totals, out=known, where=totals > 0)
    return known


def wilson(
    successes: Ints, totals: Ints, quantile: Quantile = TWO_SIDED, *, population: Floats | None = None
) -> tuple[Floats, Floats]:
    """Lower and upper ends of score intervals (Wilson 1927), between 0 and 1.

    `population`: how many people there are to ask, NaN where nobody knows. Both ends move towards the share by
    sqrt(1 - total / population), so that the answers of everybody leave no uncertainty.
    """
    share = shares(successes, totals)
    asked = np.where(totals > 0, totals, 1)
    square = np.square(quantile)
    scale = 1 + square / asked
    centre = (share + square / (2 * asked)) / scale
    half = quantile * np.sqrt(share * (1 - share) / asked + square / (4 * np.square(asked))) / scale
    low, high = np.clip(centre - half, 0.0, share), np.clip(centre + half, share, 1.0)
    if population is None:
        return low, high
    unasked = np.nan_to_num(np.sqrt(np.clip(1 - totals / population, 0, 1)), nan=1.0)
    return share - (share - low) * unasked, share + (high - share) * unasked


def newcombe(
    first: tuple[Ints, Ints], second: tuple[Ints, Ints], quantile: Quantile = TWO_SIDED
) -> tuple[Floats, Floats]:
    """Ends of the interval of the first share minus the second, each given as (successes, totals).

    The hybrid score method without continuity correction: Newcombe 1998, Statistics in Medicine 17, 873-890,
    method 10.
    """
    share, other = shares(*first), shares(*second)
    low, high = wilson(*first, quantile)
    other_low, other_high = wilson(*second, quantile)
    difference = share - other
    lower = difference - np.hypot(share - low, other_high - other)
    return lower, difference + np.hypot(high - share, other - other_low)


def one_sided(tests: Ints) -> Floats:
    """Quantile of a one-sided bound at 95 % for all of so many tests together (Bonferroni)."""
    return np.asarray(ndtri(1 - 0.05 / np.maximum(tests, 1)), dtype=np.float64)


def two_sided(tests: Ints) -> Floats:
    """Quantile of two-sided intervals at 95 % for all of so many tests together (Bonferroni)."""
    return np.asarray(ndtri(1 - 0.025 / np.maximum(tests, 1)), dtype=np.float64)
