"""The same ratings under other rules."""

from dataclasses import replace

import numpy as np
import pytest

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_basis import lay_basis
from measures.domain.ranking_values import RankedMeasure
from measures.domain.rater_adjustment import connected, rater_adjusted
from measures.domain.rating_data import RatingData, grade_cube
from measures.domain.sensitivity import under_all_weights
from tests.measures.domain.ranking_reference import Reference
from tests.measures.domain.ranking_samples import (
    cube_of,
    known,
    rating_data,
    ratings_of,
    sample,
    with_grades,
    with_options,
    without_raters,
)


def ranked(data: RatingData) -> dict[str, RankedMeasure]:
    return {measure.key: measure for measure in prioritise(data).measures}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_leave_one_out_equals_leaving_the_group_out(seed: int) -> None:
    data = sample(seed, missing=0.05)
    places: dict[str, list[int]] = {key: [] for key in data.measures}
    for group in range(3):
        rest = without_raters(data, np.flatnonzero(data.rater_group != group))
        for key, measure in ranked(rest).items():
            places[key].append(measure.rank)
    for key, measure in ranked(data).items():
        assert measure.sensitivity.leave_one_out == (min(places[key]), max(places[key]))


def test_single_criterion_and_majority_judgment_follow_their_definitions() -> None:
    data = replace(sample(5), weights=np.array([0.6, 0.3, 0.1]))
    reference = Reference(data)
    found = ranked(data)
    for c, criterion in enumerate(data.criteria):
        alone = {
            m: sum(reference.equal[g, m] * reference.mean[g, m, c] for g in reference.eligible[m])
            for m in reference.ranked
        }
        for m, value in alone.items():
            rank = 1 + sum(other > value + 1e-9 for other in alone.values())
            assert found[data.measures[m]].sensitivity.criterion_alone[criterion] == rank
    medians = {}
    for m in reference.ranked:
        shares = [0.0] * 5
        for g in reference.eligible[m]:
            for c in range(3):
                for value in reference.answers[g, m, c].values():
                    shares[round(value / 25)] += reference.equal[g, m] * data.weights[c] / reference.n[g, m, c]
        medians[m] = next(x for x in range(5) if sum(shares[: x + 1]) >= 0.5 - 1e-9)
    by_rank = sorted(medians, key=lambda m: found[data.measures[m]].sensitivity.majority_judgment)
    assert [medians[m] for m in by_rank] == sorted(medians.values(), reverse=True)


def alternating_least_squares(data: RatingData) -> dict[int, float]:
    """Rater and measure effects by turns until nothing moves, for complete rows and equal voices."""
    cube, reference = cube_of(data), Reference(data)
    rows = []
    for i, m in np.argwhere(cube.all(axis=2)).tolist():
        g = int(data.rater_group[i])
        if (g, m) in reference.equal:
            rows.append((i, m, 25 * (cube[i, m].mean() - 1), reference.equal[g, m] / len(reference.clusters(g))))
    rater, measure = dict.fromkeys(range(len(cube)), 0.0), dict.fromkeys(reference.ranked, 0.0)
    for _ in range(300):
        for m in measure:
            mine = [(value - rater[i], weight) for i, k, value, weight in rows if k == m]
            measure[m] = sum(value * weight for value, weight in mine) / sum(weight for _, weight in mine)
        for i in rater:
            own = [(value - measure[m], weight) for k, m, value, weight in rows if k == i]
            rater[i] = sum(value * weight for value, weight in own) / max(sum(weight for _, weight in own), 1e-12)
    return measure


def test_rater_adjustment_equals_alternating_least_squares() -> None:
    data = sample(6, sizes=(8, 12, 6), missing=0.15, measures=4, criteria=2)
    basis = lay_basis(data, grade_cube("ratings", data, data.rating))
    found = known(rater_adjusted(basis.ballots, basis.equal.weight, basis.criteria_weights))
    expected = alternating_least_squares(data)
    for m in expected:
        assert found[m] - found[0] == pytest.approx(expected[m] - expected[0], abs=1e-6)
    places = ranked(data)
    for m, effect in expected.items():
        rank = 1 + sum(other > effect for other in expected.values())
        assert places[data.measures[m]].sensitivity.rater_adjusted == rank


def test_rater_adjustment_needs_connected_raters() -> None:
    cube = np.zeros((24, 4, 1), dtype=int)
    cube[:12, :2] = 3
    cube[12:, 2:] = 4
    apart = ranked(rating_data(cube, np.arange(24) % 2))
    assert {measure.sensitivity.rater_adjusted for measure in apart.values()} == {None}
    cube[0, 2] = 1
    assert ranked(rating_data(cube, np.arange(24) % 2))["m00"].sensitivity.rater_adjusted is not None


def test_connection_may_lead_through_others() -> None:
    chain = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]], dtype=bool)
    assert connected(chain)
    chain[1, 2] = chain[2, 1] = False
    assert not connected(chain)


def test_lenient_raters_are_corrected() -> None:
    """Strict people rate m00 and m02, lenient ones m01 and m02; within both, the first is better than m02."""
    cube = np.zeros((20, 3, 1), dtype=int)
    cube[:10, 0], cube[:10, 2] = 3, 1
    cube[10:, 1], cube[10:, 2] = 5, 4
    found = ranked(rating_data(cube, np.arange(20) % 2))
    assert [found[key].rank for key in ("m00", "m01", "m02")] == [2, 1, 3]
    assert [found[key].sensitivity.rater_adjusted for key in ("m00", "m01", "m02")] == [1, 2, 3]


def test_straight_liners_are_left_out() -> None:
    data = sample(7, measures=11, missing=0.0)
    cube = cube_of(data)
    cube[:6], cube[6:9, 3:] = 5, 0
    cube[:3, 0] = 0  # ten equal grades are enough
    cube[6:9, :3] = 4  # three are not
    with_them = with_grades(data, cube)
    result = prioritise(with_them)
    assert result.straight_liners == 6
    remaining = ranked(without_raters(with_them, np.arange(6, len(cube))))
    for measure in result.measures:
        assert measure.sensitivity.without_straight_liners == remaining[measure.key].rank


def test_straight_liners_under_the_organisation_cap() -> None:
    data = with_options(sample(7, measures=11, missing=0.0), cap_organisations=True)
    data = replace(data, rater_organisation=np.arange(45) // 2)
    cube = cube_of(data)
    cube[:5] = 2
    with_them = with_grades(data, cube)
    remaining = ranked(without_raters(with_them, np.arange(5, 45)))
    for key, measure in ranked(with_them).items():
        assert measure.sensitivity.without_straight_liners == remaining[key].rank


def test_first_ratings_give_their_own_ranks() -> None:
    data, earlier = sample(8), sample(9)
    both = replace(data, first=ratings_of(cube_of(earlier) * (data.rater_group == earlier.rater_group)[:, None, None]))
    alone = ranked(replace(data, rating=known(both.first)))
    for key, measure in ranked(both).items():
        assert measure.sensitivity.first_ratings == (alone[key].rank if key in alone else None)
    assert {measure.sensitivity.first_ratings for measure in ranked(data).values()} == {None}


def test_other_ratings_rank_no_measure_that_the_ranking_leaves_out() -> None:
    first = np.repeat([[[5], [4], [3]]], 12, axis=0)
    now = first * np.array([0, 1, 1])[None, :, None]
    data = rating_data(now, np.arange(12) % 2, first=ratings_of(first))
    assert {key: m.sensitivity.first_ratings for key, m in ranked(data).items()} == {"m01": 1, "m02": 2}


def test_all_criteria_weights_are_drawn_evenly() -> None:
    """Two measures with opposite strengths: each is first for half of all weights, with central weights 3/4 and 1/4."""
    options = with_options(sample(1), draws=20_000).options
    drawn = under_all_weights(np.array([[60.0, 40.0], [40.0, 60.0], [10.0, 10.0]]), None, None, options)
    np.testing.assert_allclose(drawn.acceptability[:2, :2], 0.5, atol=0.015)
    np.testing.assert_allclose(drawn.central_weights[:2], [[0.75, 0.25], [0.25, 0.75]], atol=0.01)
    assert drawn.acceptability[2].tolist() == [0, 0, 1]
    assert np.isnan(drawn.central_weights[2]).all()


def test_measure_that_is_never_first_has_no_central_weights() -> None:
    grades = np.array([5, 4, 1])[None, :, None] + np.zeros((40, 3, 2), dtype=int)
    grades[::4] -= np.array([1, 1, -1])[None, :, None]
    found = ranked(rating_data(grades, np.arange(40) // 20))
    assert found["m02"].sensitivity.criteria_weights.central_weights is None
    assert sum(known(found["m00"].sensitivity.criteria_weights.central_weights).values()) == pytest.approx(1)
    assert found["m00"].sensitivity.criteria_weights.rank_acceptability[0] > 0.9


def test_measure_that_loses_the_top_under_one_rule_is_not_stable() -> None:
    """One small group alone puts m01 in front; per head it is second."""
    grades = np.zeros((45, 2, 1), dtype=int)
    group = np.repeat([0, 1], [5, 40])
    grades[group == 0], grades[group == 1] = [[2], [5]], [[4], [3]]
    grades[::7] -= 1
    found = ranked(with_options(rating_data(grades, group), top=1))
    assert (found["m01"].rank, found["m01"].rank_per_head) == (1, 2)
    assert not found["m01"].stable
    assert not found["m00"].stable
    assert all(measure.stable for measure in ranked(with_options(rating_data(grades, group), top=2)).values())


def breaking_rules(measure: RankedMeasure, top: int) -> set[str]:
    """Under which rules the measure changes sides, or loses its rank."""
    found = measure.sensitivity
    ranks: dict[str, list[int | None]] = {
        "per_head": [found.per_head],
        "majority_judgment": [found.majority_judgment],
        "leave_one_out": list(known(found.leave_one_out)),
        "rater_adjusted": [found.rater_adjusted],
        "without_straight_liners": [found.without_straight_liners],
    }
    inside = measure.rank <= top
    return {rule for rule, places in ranks.items() if any(r is None or (r <= top) != inside for r in places)}


def test_each_rule_by_itself_can_make_a_measure_unstable() -> None:
    alone = set()
    for seed in range(60):
        data = with_options(sample(seed, sizes=(9, 30, 14), measures=11, missing=0.1), top=4, draws=20)
        cube = cube_of(data)
        cube[:4] = np.array([5, 1, 5, 1])[:, None, None]
        for measure in prioritise(with_grades(data, cube)).measures:
            broken = breaking_rules(measure, 4)
            assert measure.stable is not bool(broken)
            alone |= broken if len(broken) == 1 else set()
    assert alone == {"per_head", "majority_judgment", "leave_one_out", "rater_adjusted", "without_straight_liners"}
