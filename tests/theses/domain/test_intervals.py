"""Intervals of shares and of their differences, against published values and by counting out."""

import numpy as np
import pytest
from scipy.stats import binom

from theses.domain.intervals import ONE_SIDED, newcombe, one_sided, shares, two_sided, wilson


def test_wilson_agrees_with_the_published_table() -> None:
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3."""
    low, high = wilson(np.array([81, 15, 0, 1]), np.array([263, 148, 20, 29]))
    assert low.round(4).tolist() == [0.2553, 0.0624, 0.0, 0.0061]
    assert high.round(4).tolist() == [0.3662, 0.1605, 0.1611, 0.1718]


@pytest.mark.parametrize(
    ("first", "second", "lower", "upper"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_agrees_with_the_published_table(
    first: tuple[int, int], second: tuple[int, int], lower: float, upper: float
) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10."""
    ends = newcombe(
        (np.array([first[0]]), np.array([first[1]])),
        (np.array([second[0]]), np.array([second[1]])),
    )
    assert [float(end[0].round(4)) for end in ends] == [lower, upper]


@pytest.mark.parametrize(
    ("people", "coverage", "least"), [(10, 0.9542, 0.895), (50, 0.9517, 0.931), (100, 0.9510, 0.927)]
)
def test_wilson_covers_the_true_share_as_often_as_it_says(people: int, coverage: float, least: float) -> None:
    """Counted out over all outcomes, on average over all true shares, and at least for shares from 0.05 to 0.95."""
    outcomes = np.arange(people + 1)
    low, high = wilson(outcomes, np.full(people + 1, people))
    true = (np.arange(4000) + 0.5) / 4000
    inside = (low[:, None] <= true) & (true <= high[:, None])
    covered = (binom.pmf(outcomes[:, None], people, true) * inside).sum(axis=0)
    assert covered.mean() == pytest.approx(coverage, abs=5e-4)
    assert covered[(true >= 0.05) & (true <= 0.95)].min() == pytest.approx(least, abs=2e-3)


def test_nobody_has_no_share_and_no_interval() -> None:
    nobody = np.array([0])
    assert np.isnan([shares(nobody, nobody), *wilson(nobody, nobody)]).all()
    assert np.isnan(newcombe((nobody, nobody), (np.array([3]), np.array([5])))).all()


def test_ends_stay_inside_and_around_the_share() -> None:
    total = np.repeat(np.arange(1, 60), 60)
    count = np.minimum(np.tile(np.arange(60), 59), total)
    low, high = wilson(count, total)
    assert ((low >= 0) & (low <= count / total) & (count / total <= high) & (high <= 1)).all()
    assert (low[count == 0] == 0).all()
    assert (high[count == total] == 1).all()


def test_answers_of_everybody_leave_no_uncertainty() -> None:
    count, total = np.array([30, 30, 30]), np.array([40, 40, 40])
    low, high = wilson(count, total, population=np.array([40.0, 160.0, np.nan]))
    free_low, free_high = wilson(count, total)
    assert (low[0], high[0]) == (0.75, 0.75)
    assert high[1] - low[1] == pytest.approx((free_high[1] - free_low[1]) * np.sqrt(0.75))
    assert (low[2], high[2]) == (free_low[2], free_high[2])


def test_quantiles_grow_with_the_number_of_tests() -> None:
    assert one_sided(np.array([0, 1, 2])).round(6).tolist() == [ONE_SIDED, ONE_SIDED, 1.959964]
    assert two_sided(np.array([1, 3])).round(4).tolist() == [1.96, 2.3940]
