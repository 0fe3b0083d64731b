"""Differences between groups and inside them."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import chi2, false_discovery_control

from measures.domain.differences import adjusted, kendall_w
from measures.domain.prioritisation import prioritise
from tests.measures.domain.ranking_reference import Reference
from tests.measures.domain.ranking_samples import cube_of, known, rating_data, sample, with_options


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_gap_names_the_groups_and_tests_their_equality(seed: int) -> None:
    data = with_options(sample(seed, sizes=(30, 25, 40)), pool_below=0)
    reference = Reference(data)
    p, gaps = [], {}
    for m in reference.ranked:
        means = {g: reference.group_mean(g, m) for g in reference.eligible[m]}
        high, low = max(means, key=lambda g: means[g]), min(means, key=lambda g: means[g])
        gaps[m] = (means[high] - means[low], data.groups[high], data.groups[low])
        variance = {}
        for g in means:
            influence = reference.influence(g).values()
            variance[g] = sum(r[m] ** 2 for r in influence) / (len(influence) - 1) / len(influence)
        common = sum(means[g] / variance[g] for g in means) / sum(1 / variance[g] for g in means)
        p.append(chi2.sf(sum((means[g] - common) ** 2 / variance[g] for g in means), len(means) - 1))
    expected = dict(zip(reference.ranked, false_discovery_control(p), strict=True))
    for measure in prioritise(data).measures:
        m = data.measures.index(measure.key)
        assert (known(measure.gap).high, known(measure.gap).low) == gaps[m][1:]
        assert known(measure.gap).value == pytest.approx(gaps[m][0])
        assert known(measure.gap).p == pytest.approx(expected[m], rel=1e-6)


def test_adjusted_probabilities_leave_out_unknown_ones() -> None:
    p = np.array([0.01, np.nan, 0.04, 0.03])
    np.testing.assert_allclose(adjusted(p), [0.03, np.nan, 0.04, 0.04])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_eta2_and_polarisation_equal_plain_loops(seed: int) -> None:
    data = sample(seed, missing=0.1)
    cube, reference = cube_of(data), Reference(data)
    for measure in prioritise(data).measures:
        m = data.measures.index(measure.key)
        weighted = []
        for g in reference.eligible[m]:
            people = [i for i in np.flatnonzero(data.rater_group == g) if cube[i, m].all()]
            share = reference.equal[g, m] / len(people)
            weighted += [(g, share, 25 * (cube[i, m].mean() - 1)) for i in people]
        centre = sum(w * v for _, w, v in weighted)
        total = sum(w * (v - centre) ** 2 for _, w, v in weighted)
        means = {g: sum(w * v for h, w, v in weighted if h == g) / reference.equal[g, m] for g in reference.eligible[m]}
        between = sum(reference.equal[g, m] * (means[g] - centre) ** 2 for g in means)
        assert measure.polarisation == pytest.approx(total / 2500)
        assert measure.eta2 == pytest.approx(between / total)


def test_polarisation_is_1_where_half_say_0_and_half_100() -> None:
    inside = prioritise(rating_data(np.array([1, 5] * 10)[:, None, None], np.repeat([0, 1], 10))).measures[0]
    assert (inside.polarisation, inside.eta2) == (1, 0)
    between = prioritise(rating_data(np.repeat([1, 5], 10)[:, None, None], np.repeat([0, 1], 10))).measures[0]
    assert (between.polarisation, between.eta2, known(between.gap).value) == (1, 1, 100)
    assert known(between.gap).p is None  # nobody differs inside a group, so there is no variance to judge by


def test_concordance_of_like_and_opposite_orders() -> None:
    order = np.array([10.0, 30.0, 20.0, 40.0])
    eligible = np.ones((2, 4), dtype=bool)
    assert kendall_w(np.stack([order, order]), eligible) == pytest.approx(1)
    assert kendall_w(np.stack([order, -order]), eligible) == pytest.approx(0)


def test_concordance_corrects_for_ties() -> None:
    means = np.array([[1.0, 2.0, 2.0, 4.0], [1.0, 3.0, 2.0, 4.0], [2.0, 1.0, 3.0, 4.0]])
    rank_sums = [1 + 1 + 2, 2.5 + 3 + 1, 2.5 + 2 + 3, 4 + 4 + 4]
    deviation = sum((total - 7.5) ** 2 for total in rank_sums)
    expected = 12 * deviation / (9 * 60 - 3 * 6)
    assert kendall_w(means, np.ones((3, 4), dtype=bool)) == pytest.approx(expected)


def test_concordance_is_over_groups_that_rated_everything() -> None:
    means = np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [3.0, np.nan, 1.0]])
    eligible = ~np.isnan(means)
    assert kendall_w(means, eligible) == pytest.approx(1)
    assert kendall_w(means[1:], eligible[1:]) is None


def test_concordance_of_the_whole_result_is_between_0_and_1() -> None:
    for seed, sizes in product(range(3), [(9, 9), (12, 25, 8)]):
        assert 0 <= known(prioritise(sample(seed, sizes=sizes)).kendall_w) <= 1
