"""Simultaneous confidence sets for the ranks."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import norm

from measures.domain.prioritisation import prioritise
from measures.domain.rank_sets import RankSets, Status, rank_sets
from measures.domain.ranking_basis import covariances, draw, lay_basis
from measures.domain.rating_data import grade_cube
from measures.domain.uncertainty import difference_variance
from tests.measures.domain.ranking_reference import reference_rank_sets
from tests.measures.domain.ranking_samples import known, rating_data, sample, with_options

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


@pytest.mark.parametrize("confidence", [0.6, 0.9, 0.95])
@pytest.mark.parametrize("seed", range(6))
def test_rank_sets_equal_plain_loops(seed: int, confidence: float) -> None:
    chance = np.random.default_rng(seed)
    factor = chance.normal(size=(7, 7))
    factor[4] = factor[2]
    scores = 50 + chance.normal(0, 12, 7)
    scores[4] = scores[2]
    deviations = factor @ chance.normal(size=(7, 300))
    sigma = factor @ factor.T
    found = rank_sets(scores, deviations, difference_variance(sigma), confidence)
    expected = reference_rank_sets(scores.tolist(), deviations.tolist(), sigma.tolist(), confidence)
    assert list(zip(found.best.tolist(), found.worst.tolist(), strict=True)) == expected
    assert any(pair != (1, 7) for pair in expected)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(SEEDS)
def test_rank_sets_are_nested_and_hold_the_rank(seed: int) -> None:
    narrow, wide = (
        {m.key: m for m in prioritise(with_options(sample(seed), confidence=confidence)).measures}
        for confidence in (0.9, 0.95)
    )
    for key, measure in narrow.items():
        best, worst = known(measure.certainty).rank_set
        assert (
            known(wide[key].certainty).rank_set[0]
            <= best
            <= measure.rank
            <= worst
            <= known(wide[key].certainty).rank_set[1]
        )


def test_status_follows_from_the_rank_set() -> None:
    sets = RankSets(best=np.array([1, 2, 4]), worst=np.array([3, 4, 5]))
    assert [sets.status(measure, 3) for measure in range(3)] == [Status.SECURED, Status.POSSIBLE, Status.NOT]


def test_clear_differences_secure_the_top() -> None:
    chance = np.random.default_rng(1)
    level = np.array([5, 5, 2, 2])[None, :, None]
    grades = np.clip(level + chance.integers(-1, 1, (60, 4, 2)), 1, 5)
    result = prioritise(with_options(rating_data(grades, np.arange(60) % 3), top=2))
    status = {measure.key: known(measure.certainty).status for measure in result.measures}
    assert status == {"m00": "secured", "m01": "secured", "m02": "not", "m03": "not"}
    assert all(measure.stable for measure in result.measures)


def grade_shares(mean: NDArray[Any], deviation: float) -> NDArray[Any]:
    """Probability of each grade 1 to 5 of a rounded, cut-off normal opinion."""
    edges = np.array([-np.inf, 1.5, 2.5, 3.5, 4.5, np.inf])
    return np.diff(norm.cdf((edges - mean[..., None]) / deviation), axis=-1)


def test_intervals_and_rank_sets_cover_the_truth() -> None:
    """Small unequal groups (so that pooling matters), lenient and strict raters, 30 % blanks, 200 repetitions."""
    chance = np.random.default_rng(7)
    sizes, measures, criteria, runs = (6, 9, 15, 40), 10, 2, 200
    group = np.repeat(np.arange(len(sizes)), sizes)
    covered, jointly = [], []
    for _ in range(runs):
        mean = 3 + chance.normal(0, 0.4, (measures, criteria)) + chance.normal(0, 0.3, (len(sizes), measures, criteria))
        truth = 25 * (grade_shares(mean, np.hypot(0.5, 0.9)) @ np.arange(5)).mean(axis=(0, 2))
        opinion = mean[group] + chance.normal(0, 0.5, (len(group), 1, 1))
        grades = np.clip(np.rint(opinion + chance.normal(0, 0.9, opinion.shape)), 1, 5).astype(int)
        grades[chance.random(grades.shape[:2]) < 0.3] = 0
        data = with_options(rating_data(grades, group), draws=400, min_raters=2)
        basis = lay_basis(data, grade_cube("ratings", data, data.rating))
        drawn = draw(basis, known(covariances(basis)))
        complete = basis.eligible.all(axis=0)
        assert basis.ranked.all()
        distance = np.abs(basis.equal.score - truth)
        covered.append((distance <= drawn.half_width)[complete].mean())
        if complete.all():
            better = (truth[None, :] > truth[:, None]).sum(axis=1)
            jointly.append(bool(((drawn.sets.best <= 1 + better) & (1 + better <= drawn.sets.worst)).all()))
    assert np.mean(covered) >= 0.92
    assert len(jointly) >= 100
    assert np.mean(jointly) >= 0.93
