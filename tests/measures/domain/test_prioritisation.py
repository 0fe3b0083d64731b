"""Score, decomposition, ranks and the properties that a ranking of measures must have."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_values import Prioritisation
from measures.domain.rating_data import RatingData
from tests.measures.domain.ranking_reference import Reference
from tests.measures.domain.ranking_samples import (
    cube_of,
    known,
    rating_data,
    sample,
    with_grades,
    with_options,
    without_raters,
)

SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
few_examples = settings(max_examples=15, deadline=None, derandomize=True)


def scores(result: Prioritisation) -> dict[str, float]:
    return {measure.key: measure.score for measure in result.measures}


def with_organisations(data: RatingData, seed: int, number: int = 7) -> RatingData:
    chance = np.random.default_rng(seed)
    return replace(data, rater_organisation=chance.integers(-1, number, len(data.rater_group)))


@pytest.mark.parametrize("cap", [False, True])
@pytest.mark.parametrize("organisations", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_score_equals_plain_loops(seed: int, organisations: bool, cap: bool) -> None:
    data = with_options(sample(seed), cap_organisations=cap, min_raters=4)
    data = replace(data, weights=np.array([0.5, 0.2, 0.3]))
    if organisations:
        data = with_organisations(data, seed)
    result, reference = prioritise(data), Reference(data)
    assert len(result.measures) == len(reference.ranked) > 0
    for measure in result.measures:
        m = data.measures.index(measure.key)
        assert measure.score == pytest.approx(reference.score(m, reference.equal), abs=1e-9)
        assert measure.score_per_head == pytest.approx(reference.score(m, reference.heads), abs=1e-9)
        assert measure.rank == reference.rank(m, reference.equal)
        assert measure.rank_per_head == reference.rank(m, reference.heads)
        assert measure.missing_groups == tuple(
            key for g, key in enumerate(data.groups) if g not in reference.eligible[m]
        )
        for g, key in enumerate(data.groups):
            assert measure.groups[key].n == reference.raters(g, m)
            assert measure.groups[key].mean == pytest.approx(reference.group_mean(g, m), abs=1e-9)
            assert measure.groups[key].weight == reference.equal.get((g, m), 0)


@few_examples
@given(SEEDS)
def test_contributions_add_up_to_the_score(seed: int) -> None:
    for measure in prioritise(sample(seed)).measures:
        assert 0 <= measure.score <= 100
        assert sum(share.contribution for share in measure.groups.values()) == pytest.approx(measure.score, abs=1e-9)
        assert sum(share.contribution for share in measure.criteria.values()) == pytest.approx(measure.score, abs=1e-9)
        assert sum(share.weight for share in measure.groups.values()) == pytest.approx(1, abs=1e-12)


@few_examples
@given(SEEDS)
def test_permuting_everything_permutes_the_result(seed: int) -> None:
    data = sample(seed)
    chance = np.random.default_rng(seed)
    raters, measures, groups = (chance.permutation(n) for n in (len(data.rater_group), 6, 3))
    shuffled = replace(
        without_raters(with_grades(data, cube_of(data)[:, measures]), raters),
        measures=tuple(data.measures[m] for m in measures),
        groups=tuple(data.groups[g] for g in groups),
    )
    shuffled = replace(shuffled, rater_group=np.argsort(groups)[shuffled.rater_group])
    before, after = prioritise(data), prioritise(shuffled)
    assert [measure.key for measure in before.measures] == [measure.key for measure in after.measures]
    for one, other in zip(before.measures, after.measures, strict=True):
        assert one.rank == other.rank
        assert one.score == pytest.approx(other.score, abs=1e-9)
        assert known(one.certainty).standard_error == pytest.approx(known(other.certainty).standard_error, abs=1e-9)
        assert one.sensitivity.rater_adjusted == other.sensitivity.rater_adjusted
        assert one.eta2 == pytest.approx(other.eta2, abs=1e-9)


@few_examples
@given(SEEDS, st.integers(min_value=2, max_value=4))
def test_doubling_a_group_moves_the_ranking_per_head_only(seed: int, times: int) -> None:
    data = sample(seed, missing=0.05)
    biggest = np.flatnonzero(data.rater_group == 1)
    more = without_raters(data, np.concatenate([np.arange(len(data.rater_group)), *[biggest] * (times - 1)]))
    before, after = prioritise(data), prioritise(more)
    assert scores(before) == pytest.approx(scores(after), abs=1e-9)
    heads = [{m.key: m.score_per_head for m in result.measures} for result in (before, after)]
    assert heads[0] != pytest.approx(heads[1], abs=1e-6)


@few_examples
@given(SEEDS)
def test_unanimously_preferred_measure_scores_higher(seed: int) -> None:
    data = sample(seed, missing=0)
    cube = cube_of(data)
    cube[:, 0] = np.minimum(cube[:, 1] + np.random.default_rng(seed).integers(0, 2, cube[:, 1].shape), 5)
    cube[::3, :2] = 0  # not everybody rates them, but always both
    result = prioritise(with_grades(data, cube))
    found = scores(result)
    assert found["m00"] >= found["m01"] - 1e-9
    keys = [measure.key for measure in result.measures]
    assert known(result.pairwise)[keys.index("m00")][keys.index("m01")] >= 0.5 - 0.06  # 500 draws


@few_examples
@given(SEEDS)
def test_better_grade_never_lowers_a_score(seed: int) -> None:
    data = sample(seed)
    cube = cube_of(data)
    raters, measures, criteria = np.nonzero((cube > 0) & (cube < 5))
    chosen = seed % len(raters)
    raised = cube.copy()
    raised[raters[chosen], measures[chosen], criteria[chosen]] += 1
    before, after = scores(prioritise(data)), scores(prioritise(with_grades(data, raised)))
    for key, score in before.items():
        if key == data.measures[measures[chosen]]:
            assert after[key] > score
        else:
            assert after[key] == score


@few_examples
@given(SEEDS)
def test_removing_a_measure_keeps_the_order_of_the_others(seed: int) -> None:
    data = sample(seed)
    fewer = replace(with_grades(data, cube_of(data)[:, 1:]), measures=data.measures[1:])
    before, after = prioritise(data), prioritise(fewer)
    assert [m.key for m in before.measures if m.key != "m00"] == [m.key for m in after.measures]
    for key, score in scores(after).items():
        assert score == scores(before)[key]


@few_examples
@given(SEEDS)
def test_equal_groups_without_blanks_make_both_rankings_agree(seed: int) -> None:
    result = prioritise(sample(seed, sizes=(9, 9, 9), missing=0))
    for measure in result.measures:
        assert measure.score == pytest.approx(measure.score_per_head, abs=1e-9)
        assert measure.rank == measure.rank_per_head


def test_ties_share_the_better_rank_and_are_sorted_by_key() -> None:
    column = np.array([5, 3, 3, 1])
    data = rating_data(np.broadcast_to(column[None, :, None], (12, 4, 2)), np.arange(12) % 2)
    result = prioritise(replace(data, measures=("d", "c", "b", "a")))
    assert [(measure.key, measure.rank) for measure in result.measures] == [("d", 1), ("b", 2), ("c", 2), ("a", 4)]
    assert [measure.score for measure in result.measures] == [100, 50, 50, 0]


def test_organisation_cap_gives_colleagues_one_voice() -> None:
    grades = np.array([5] * 8 + [1] * 5 + [3] * 5)[:, None, None]
    organisation = np.array([7] * 8 + [-1] * 10)
    data = rating_data(grades, [0] * 13 + [1] * 5, rater_organisation=organisation)
    free, capped = prioritise(data), prioritise(with_options(data, cap_organisations=True))
    assert free.measures[0].groups["g0"].mean == pytest.approx(100 * 8 / 13)
    assert capped.measures[0].groups["g0"].mean == pytest.approx(100 / 6)
    assert capped.measures[0].groups["g0"].n == 6


def test_organisation_cap_counts_organisations_for_eligibility() -> None:
    organisation = np.array([7] * 8 + [-1] * 5)
    data = rating_data(np.full((13, 1, 1), 4), [0] * 8 + [1] * 5, rater_organisation=organisation)
    assert len(prioritise(data).measures) == 1
    (unranked,) = prioritise(with_options(data, cap_organisations=True)).not_ranked
    assert unranked.missing_groups == ("g0",)


def test_other_scales_reach_from_0_to_100() -> None:
    grades = np.array([1, 11] * 6)[:, None, None]
    data = with_options(rating_data(grades, np.repeat([0, 1], 6)), grades=11)
    assert prioritise(data).measures[0].score == 50


def test_leverage_is_greatest_for_the_smallest_group() -> None:
    data = rating_data(np.full((25, 1, 2), 3), [0] * 5 + [1] * 20)
    assert prioritise(data).measures[0].leverage == pytest.approx(100 * 0.5 / 5)


@few_examples
@given(SEEDS)
def test_one_rater_moves_a_score_by_no_more_than_the_leverage(seed: int) -> None:
    data = sample(seed, missing=0)
    cube = cube_of(data)
    rater = seed % len(cube)
    cube[rater] = 5 if cube[rater].mean() < 3 else 1
    before, after = prioritise(data), scores(prioritise(with_grades(data, cube)))
    moved = {measure.key: abs(after[measure.key] - measure.score) for measure in before.measures}
    assert max(moved.values()) > 0
    assert all(moved[measure.key] <= measure.leverage + 1e-9 for measure in before.measures)
