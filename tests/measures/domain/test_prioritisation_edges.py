"""Data at the edge: blanks, ties, lonely groups, and whoever has no voice."""

from dataclasses import replace

import numpy as np
import pytest

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_output import ranking_output
from measures.domain.ranking_values import Prioritisation, Reason
from measures.domain.rating_data import RankingDataError
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


def scores(result: Prioritisation) -> dict[str, float]:
    return {measure.key: measure.score for measure in result.measures}


def test_people_without_group_take_part_without_a_voice() -> None:
    data = sample(5)
    silent = replace(data, rater_group=np.where(np.arange(len(data.rater_group)) < 4, -1, data.rater_group))
    result = prioritise(silent)
    kept = prioritise(without_raters(data, np.arange(4, len(data.rater_group))))
    assert scores(result) == scores(kept)
    assert {m.key: m.score_per_head for m in result.measures} == {m.key: m.score_per_head for m in kept.measures}
    assert result.participation.by_group["none"] == 4
    assert result.participation.raters == sum(result.participation.by_group.values()) == len(data.rater_group)


def test_participation_counts_only_people_who_rated() -> None:
    data = rating_data(np.full((6, 1, 1), 3), [0, 0, 0, 1, 1, 1])
    cube = cube_of(data)
    cube[0] = 0
    result = prioritise(with_grades(data, cube))
    assert result.participation.by_group == {"g0": 2, "g1": 3, "none": 0}
    assert result.participation.by_district == {"north": 2, "south": 2, "none": 1}


def test_no_ratings_at_all_rank_nothing() -> None:
    result = prioritise(rating_data(np.zeros((3, 2, 2), dtype=int), [0, 1, -1]))
    assert result.measures == ()
    assert [measure.reason for measure in result.not_ranked] == [Reason.NO_RATINGS, Reason.NO_RATINGS]
    assert (result.pairwise, result.kendall_w, result.participation.raters) == (None, None, 0)


def test_group_without_ratings_leaves_and_weights_are_renormalised() -> None:
    data = sample(3, missing=0)
    cube = cube_of(data)
    cube[data.rater_group == 2, 0] = 0
    found = {measure.key: measure for measure in prioritise(with_grades(data, cube)).measures}
    assert found["m00"].missing_groups == ("g2",)
    assert [found["m00"].groups[key].weight for key in data.groups] == [0.5, 0.5, 0]
    assert found["m00"].groups["g2"].mean is None
    assert found["m01"].missing_groups == ()


def test_single_rater_of_a_group_is_no_voice() -> None:
    result = prioritise(rating_data(np.full((11, 1, 1), 3), [0] * 5 + [1] * 5 + [2]))
    assert result.measures[0].missing_groups == ("g2",)
    assert result.measures[0].groups["g2"].n == 1


def test_all_ratings_equal_tie_with_every_rank_possible() -> None:
    result = prioritise(rating_data(np.full((12, 3, 2), 4), np.arange(12) % 2))
    for measure in result.measures:
        assert (measure.rank, measure.score, measure.eta2, measure.polarisation) == (1, 75, 0, 0)
        assert known(measure.certainty).standard_error == 0
        assert known(measure.certainty).rank_set == (1, 3)
        assert known(measure.certainty).rank_acceptability == pytest.approx((1 / 3,) * 3)
        assert known(measure.gap).p is None
    assert result.kendall_w is None
    assert np.allclose(known(result.pairwise), 0.5)


def test_identical_measures_tie() -> None:
    data = sample(8)
    cube = cube_of(data)
    cube[:, 3] = cube[:, 2]
    result = prioritise(with_grades(data, cube))
    one, other = (next(m for m in result.measures if m.key == key) for key in ("m02", "m03"))
    assert (one.rank, one.score, one.certainty) == (other.rank, other.score, other.certainty)
    keys = [measure.key for measure in result.measures]
    assert known(result.pairwise)[keys.index("m02")][keys.index("m03")] == 0.5
    assert one.sensitivity == other.sensitivity


def test_measure_without_one_criterion_is_not_ranked() -> None:
    data = sample(4, criteria=4)
    cube = cube_of(data)
    cube[:, 2, 3] = 0
    result = prioritise(with_grades(data, cube))
    (unranked,) = result.not_ranked
    assert (unranked.key, unranked.reason, unranked.missing_criteria) == ("m02", Reason.INCOMPLETE_CRITERIA, ("c3",))
    assert len(result.measures) == 5
    assert len(known(result.pairwise)) == 5


def test_missing_required_group_is_the_reason() -> None:
    data = with_options(sample(4, sizes=(12, 12, 3)), required_groups=("g2",))
    result = prioritise(data)
    assert {measure.reason for measure in result.not_ranked} == {Reason.REQUIRED_GROUP_MISSING}
    assert {measure.missing_groups for measure in result.not_ranked} == {("g2",)}


def test_single_group_is_ranked_per_head_only() -> None:
    result = prioritise(sample(6, sizes=(20,)))
    assert result.measures == ()
    assert {measure.reason for measure in result.not_ranked} == {Reason.TOO_FEW_GROUPS}
    assert sorted(known(measure.rank_per_head) for measure in result.not_ranked) == [1, 2, 3, 4, 5, 6]
    assert result.kendall_w is None


def test_unranked_measures_have_no_rank_per_head_beside_ranked_ones() -> None:
    data = sample(4)
    cube = cube_of(data)
    cube[data.rater_group != 1, 0] = 0
    (unranked,) = prioritise(with_grades(data, cube)).not_ranked
    assert (unranked.reason, unranked.rank_per_head, unranked.score_per_head) == (Reason.TOO_FEW_GROUPS, None, None)


def test_criterion_without_weight_is_ignored() -> None:
    data = replace(sample(4), weights=np.array([0.5, 0.5, 0.0]))
    cube = cube_of(data)
    cube[:, :, 2] = 0
    with_it, without_it = prioritise(data), prioritise(with_grades(data, cube))
    assert scores(with_it) == scores(without_it)
    assert with_it.measures[0].criteria["c2"].mean is None
    assert list(with_it.measures[0].sensitivity.criterion_alone) == ["c0", "c1"]


@pytest.mark.parametrize("weights", [(-0.5, 1.5), (0.5, 0.6), (float("nan"), 1.0), (1.0,)])
def test_impossible_weights_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(RankingDataError, match="criteria"):
        prioritise(replace(sample(4, criteria=2), weights=np.array(weights)))


def test_single_measure_has_rank_1() -> None:
    result = prioritise(sample(4, measures=1))
    (measure,) = result.measures
    assert (measure.rank, known(measure.certainty).rank_set, known(measure.certainty).rank_acceptability) == (
        1,
        (1, 1),
        (1.0,),
    )
    assert known(measure.certainty).p_top == 1
    assert result.pairwise == ((0.5,),)


def test_groups_of_one_person_allow_no_statement_about_uncertainty() -> None:
    data = with_options(rating_data([[[5], [3]], [[4], [2]]], [0, 1]), min_raters=1)
    result = prioritise(data)
    assert [measure.rank for measure in result.measures] == [1, 2]
    assert {measure.certainty for measure in result.measures} == {None}
    assert result.pairwise is None
    output = ranking_output(result)["measures"][0]
    assert output["standard_error"] is output["rank_set"] is output["status"] is None


def test_scarcely_answering_people_keep_the_figures_finite() -> None:
    cube = np.zeros((30, 3, 2), dtype=int)
    cube[np.arange(30), np.arange(30) % 3, :] = 1 + np.arange(60).reshape(30, 2) % 5
    result = prioritise(rating_data(cube, np.arange(30) // 3 % 2))
    assert len(result.measures) == 3
    assert {measure.sensitivity.rater_adjusted for measure in result.measures} == {None}


def test_deleting_a_person_changes_the_hash() -> None:
    data = sample(9)
    fewer = with_grades(data, np.where(np.arange(45)[:, None, None] == 7, 0, cube_of(data)))
    assert prioritise(data).hash != prioritise(fewer).hash


def test_repeated_pair_is_refused_with_its_place() -> None:
    data = sample(9)
    rows = ratings_of(cube_of(data))
    again = [np.append(column, column[5]) for column in (rows.rater, rows.measure, rows.criterion, rows.grade)]
    with pytest.raises(RankingDataError, match=rf"^ratings\[{len(rows)}\] repeats .* twice\.$"):
        prioritise(replace(data, rating=type(rows)(*again)))
