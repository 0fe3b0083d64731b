"""Linearised covariance, draws from it and what they say about ranks."""

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import norm

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_basis import covariances, lay_basis
from measures.domain.rating_data import RatingData, grade_cube
from measures.domain.uncertainty import (
    cell_covariance,
    draw_errors,
    pairwise_wins,
    positions,
    rank_acceptability,
    score_covariance,
)
from tests.measures.domain.ranking_reference import Reference
from tests.measures.domain.ranking_samples import cube_of, known, rating_data, sample, with_options

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


def sigma_of(data: RatingData) -> NDArray[Any]:
    basis = lay_basis(data, grade_cube("ratings", data, data.rating))
    cells = cell_covariance(known(covariances(basis)), basis.equal.weight, data)
    return score_covariance(cells, basis.criteria_weights)[np.ix_(basis.ranked, basis.ranked)]


@pytest.mark.parametrize("pool_below", [0, 12, 100])
@pytest.mark.parametrize(("organisations", "cap"), [(False, False), (True, False), (True, True)])
@pytest.mark.parametrize("seed", [1, 2])
def test_covariance_equals_plain_loops(seed: int, organisations: bool, cap: bool, pool_below: int) -> None:
    data = with_options(
        replace(sample(seed, sizes=(12, 25, 8, 1)), weights=np.array([0.5, 0.2, 0.3])),
        cap_organisations=cap,
        min_raters=4,
        pool_below=pool_below,
        population={"g0": 40, "g1": 20},
    )
    if organisations:
        chance = np.random.default_rng(seed)
        data = replace(data, rater_organisation=chance.integers(-1, 7, len(data.rater_group)))
    expected = np.array(Reference(data).sigma())
    assert len(expected) > 2
    np.testing.assert_allclose(sigma_of(data), expected, rtol=1e-9, atol=1e-9)


def test_standard_error_and_interval_follow_from_the_covariance() -> None:
    data = sample(3)
    errors = np.sqrt(np.diag(Reference(data).sigma()))
    for measure in prioritise(data).measures:
        error = errors[data.measures.index(measure.key)]
        assert known(measure.certainty).standard_error == pytest.approx(error)
        assert known(measure.certainty).interval == pytest.approx(
            (measure.score - 1.959963985 * error, measure.score + 1.959963985 * error)
        )


@pytest.mark.parametrize(("confidence", "quantile"), [(0.8, 1.281551566), (0.99, 2.575829304)])
def test_interval_is_as_wide_as_the_confidence_asks(confidence: float, quantile: float) -> None:
    for measure in prioritise(with_options(sample(3), confidence=confidence)).measures:
        low, high = known(measure.certainty).interval
        assert high - low == pytest.approx(2 * quantile * known(measure.certainty).standard_error)


@pytest.mark.parametrize("top", [1, 2, 5, 6, 10])
def test_probability_of_the_top_is_that_of_its_ranks(top: int) -> None:
    for measure in prioritise(with_options(sample(3), top=top)).measures:
        for told in (known(measure.certainty), measure.sensitivity.criteria_weights):
            assert told.p_top == pytest.approx(sum(told.rank_acceptability[:top]), abs=1e-12)
            assert told.p_top <= 1


def test_fully_counted_population_leaves_no_error() -> None:
    data = with_options(sample(3), population={"g0": 12, "g1": 25, "g2": 2})
    for measure in prioritise(data).measures:
        assert known(measure.certainty).standard_error == 0
        assert known(measure.certainty).rank_set == (1, 6)


def test_blocks_of_raters_do_not_change_the_covariance(monkeypatch: pytest.MonkeyPatch) -> None:
    data = replace(sample(3), rater_organisation=np.arange(45) // 2)
    whole = sigma_of(data)
    monkeypatch.setattr("measures.domain.rating_tally.ROWS_AT_A_TIME", 4)
    monkeypatch.setattr("measures.domain.uncertainty.EXACT_IN_SINGLE", 100)
    np.testing.assert_array_equal(sigma_of(data), whole)


def test_linearised_error_agrees_with_the_bootstrap() -> None:
    data = sample(11, sizes=(35, 60, 45), measures=8, missing=0.3)
    chance = np.random.default_rng(4)
    cube = cube_of(data).astype(float)
    values, rated = 25 * (cube - 1) * (cube > 0), (cube > 0).astype(float)
    replicates = np.zeros((2000, 8))
    for group in range(3):
        inside = data.rater_group == group
        n = int(inside.sum())
        drawn = chance.multinomial(n - 1, np.full(n, 1 / n), size=2000) * n / (n - 1)
        cells = np.tensordot(drawn, values[inside], 1) / np.tensordot(drawn, rated[inside], 1)
        replicates += cells.mean(axis=2) / 3
    ratio = np.sqrt(np.diag(sigma_of(data))) / replicates.std(axis=0, ddof=1)
    assert ratio == pytest.approx(1, abs=0.1)


def test_draws_have_the_covariance_also_where_it_is_singular() -> None:
    chance = np.random.default_rng(2)
    factor = chance.normal(size=(6, 3))
    covariance = (factor @ factor.T).reshape(3, 2, 3, 2)
    drawn = draw_errors(covariance, 40_000, seed=1).reshape(6, -1)
    np.testing.assert_allclose(np.cov(drawn), factor @ factor.T, atol=0.12)
    assert np.linalg.matrix_rank(drawn[:, :50], tol=1e-6) == 3


@settings(max_examples=15, deadline=None, derandomize=True)
@given(SEEDS)
def test_rank_probabilities_add_up(seed: int) -> None:
    data = sample(seed)
    cube = cube_of(data)
    cube[:, 4] = cube[:, 1]
    result = prioritise(replace(data, rating=rating_data(cube, data.rater_group).rating))
    acceptability = np.array([known(measure.certainty).rank_acceptability for measure in result.measures])
    np.testing.assert_allclose(acceptability.sum(axis=0), 1, atol=1e-9)
    np.testing.assert_allclose(acceptability.sum(axis=1), 1, atol=1e-9)
    pairwise = np.array(known(result.pairwise))
    np.testing.assert_allclose(pairwise + pairwise.T, 1, atol=1e-9)
    for measure, row in zip(result.measures, acceptability, strict=True):
        assert known(measure.certainty).expected_rank == pytest.approx(sum((r + 1) * b for r, b in enumerate(row)))
    averages = 1 + (1 - pairwise).sum(axis=1) - 0.5
    assert averages == pytest.approx([known(measure.certainty).expected_rank for measure in result.measures])


def test_tied_measures_share_their_ranks() -> None:
    drawn = np.array([[3.0, 1.0], [2.0, 5.0], [3.0, 1.0]])
    first_twin = np.array([0, 1, 0])
    position = positions(drawn, first_twin)
    np.testing.assert_allclose(
        rank_acceptability(position, first_twin), [[0.25, 0.5, 0.25], [0.5, 0, 0.5], [0.25, 0.5, 0.25]]
    )
    np.testing.assert_allclose(pairwise_wins(position, first_twin), [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]])


def test_probability_of_two_measures_is_the_normal_one() -> None:
    data = with_options(sample(21, measures=2), draws=20_000)
    reference = Reference(data)
    sigma = reference.sigma()
    spread = sqrt(sigma[0][0] + sigma[1][1] - 2 * sigma[0][1])
    distance = (reference.score(0, reference.equal) - reference.score(1, reference.equal)) / spread
    better = known(prioritise(data).pairwise)[0][1]
    assert better == pytest.approx(norm.cdf(abs(distance)), abs=0.015)
