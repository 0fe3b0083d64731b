"""Labels and what they guarantee, floors, headline and comparison with Polis (methods section 2.2, 2.3, 2.7)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from tests.theses.domain.opinion_samples import counts_of, usual
from theses.domain.common_ground import Label, Rules, common_ground, group_informed_consensus, within
from theses.domain.intervals import Ints, wilson
from theses.domain.opinions import Answers, equal_voice

CELL = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 10))


@pytest.mark.parametrize(
    ("groups", "label"),
    [
        ([(30, 2, 0), (25, 3, 1)], Label.CONSENSUS_AGREE),
        ([(2, 30, 0), (3, 25, 1)], Label.CONSENSUS_REJECT),
        ([(30, 2, 0), (2, 30, 0)], Label.DIVIDED_BETWEEN),
        ([(16, 15, 0), (15, 16, 1)], Label.DIVIDED_WITHIN),
        ([(20, 2, 20), (6, 2, 12)], Label.OPEN),
        ([(30, 2, 0), (8, 1, 0)], Label.INSUFFICIENT),
        ([(30, 2, 0)], Label.INSUFFICIENT),
        ([(0, 0, 0), (0, 0, 0)], Label.INSUFFICIENT),
        ([(0, 0, 30), (0, 0, 30)], Label.OPEN),
    ],
)
def test_label_is_the_first_that_matches(groups: list[tuple[int, int, int]], label: Label) -> None:
    assert common_ground(counts_of(groups), usual(len(groups))).labels == (label,)


def test_consensus_is_withheld_while_a_required_group_has_no_voice() -> None:
    counts = counts_of([(30, 2, 0), (25, 3, 1), (4, 0, 0)])
    required = Rules(np.ones(3, dtype=bool), np.array([False, False, True]), np.full(3, np.nan))
    assert common_ground(counts, usual(3)).labels == (Label.CONSENSUS_AGREE,)
    ground = common_ground(counts, required)
    assert ground.labels == (Label.INSUFFICIENT,)
    assert ground.missing[:, 0].tolist() == [False, False, True]


def test_people_without_a_group_are_shown_but_have_no_voice() -> None:
    counts = counts_of([(30, 2, 0), (25, 3, 1), (2, 40, 0)])
    undeclared = Rules.usual(np.array([True, True, False]))
    ground = common_ground(counts, undeclared)
    assert ground.labels == (Label.CONSENSUS_AGREE,)
    assert ground.share[2, 0] == pytest.approx(2 / 42)
    assert ground.headline.equal_voice[0] == pytest.approx((30 / 32 + 25 / 29) / 2)
    assert ground.headline.per_head[0] == pytest.approx(57 / 103)
    assert not ground.missing.any()


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("sizes", [(10, 400), (37, 60, 15), (10, 10)])
def test_consensus_is_wrong_no_more_often_than_one_test(seed: int, sizes: tuple[int, ...]) -> None:
    """One group splits evenly and all others agree: the worst case of an intersection-union test."""
    random, rounds = np.random.default_rng(seed), 20_000
    agree = np.column_stack([random.binomial(size, 0.5 if g == 0 else 1.0, rounds) for g, size in enumerate(sizes)])
    labels = common_ground(_without_pass(agree, sizes), usual(len(sizes))).labels
    assert labels.count(Label.CONSENSUS_AGREE) / rounds <= 0.08


def test_consensus_bound_holds_exactly_for_every_size_of_a_group() -> None:
    for people in range(10, 501):
        outcomes = np.arange(people + 1)
        claimed = wilson(outcomes, np.full(people + 1, people), 1.644854)[0] > 0.5
        assert binom.pmf(outcomes[claimed], people, 0.5).sum() <= 0.08


@pytest.mark.parametrize("groups", [2, 5, 10])
def test_division_between_groups_is_rarely_claimed_where_all_split_evenly(groups: int) -> None:
    random, rounds, sizes = np.random.default_rng(groups), 20_000, (60,) * groups
    agree = random.binomial(60, 0.5, size=(rounds, groups))
    labels = common_ground(_without_pass(agree, sizes), usual(groups)).labels
    assert labels.count(Label.DIVIDED_BETWEEN) / rounds <= 0.08


def _without_pass(agree: Ints, sizes: tuple[int, ...]) -> Ints:
    disagree = np.array(sizes) - agree
    return np.stack([disagree, np.zeros_like(agree), agree], axis=2).transpose(1, 0, 2)


@given(st.lists(CELL, min_size=2, max_size=6))
@settings(derandomize=True, deadline=None)
def test_floor_lies_under_the_share_of_every_group_with_a_voice(groups: list[tuple[int, int, int]]) -> None:
    ground = common_ground(counts_of(groups), usual(len(groups)))
    voices = ground.share[ground.eligible]
    if len(voices):
        assert 0 <= ground.floor[0] <= voices.min()
        assert voices.min() <= ground.headline.equal_voice[0] + 1e-12 <= voices.max() + 1e-9
    else:
        assert np.isnan([ground.floor[0], ground.floor_rejection[0], ground.headline.equal_voice[0]]).all()


@given(st.lists(CELL, min_size=2, max_size=6))
@settings(derandomize=True, deadline=None)
def test_rejection_mirrors_agreement(groups: list[tuple[int, int, int]]) -> None:
    turned = [(disagree, agree, passed) for agree, disagree, passed in groups]
    one, other = (common_ground(counts_of(side), usual(len(groups))) for side in (groups, turned))
    np.testing.assert_allclose(one.floor, other.floor_rejection)
    swapped = {Label.CONSENSUS_AGREE: Label.CONSENSUS_REJECT, Label.CONSENSUS_REJECT: Label.CONSENSUS_AGREE}
    between = {Label.DIVIDED_BETWEEN, Label.DIVIDED_WITHIN, Label.OPEN}
    assert other.labels[0] == swapped.get(one.labels[0], one.labels[0]) or {one.labels[0], other.labels[0]} <= between


@given(st.lists(CELL, min_size=2, max_size=5), st.permutations(range(2)))
@settings(derandomize=True, deadline=None)
def test_order_of_groups_and_theses_does_not_matter(groups: list[tuple[int, int, int]], order: list[int]) -> None:
    counts = counts_of(groups, groups[::-1])
    ground, turned = common_ground(counts, usual(len(groups))), common_ground(counts[::-1], usual(len(groups)))
    np.testing.assert_allclose(ground.floor, turned.floor)
    moved = common_ground(counts[:, order], usual(len(groups)))
    assert [ground.labels[place] for place in order] == list(moved.labels)


@given(st.lists(CELL, min_size=2, max_size=5))
@settings(derandomize=True, deadline=None)
def test_equal_voice_is_the_figure_of_the_page(groups: list[tuple[int, int, int]]) -> None:
    page = equal_voice({g: Answers(agree=a, disagree=d, passed=p) for g, (a, d, p) in enumerate(groups)})
    headline = common_ground(counts_of(groups), usual(len(groups))).headline
    if page is not None:
        figures = (headline.equal_voice[0], headline.low[0], headline.high[0])
        assert figures == pytest.approx((page.share, page.low, page.high))


@pytest.mark.parametrize(
    ("groups", "value"),
    [
        ([(20, 20, 0)], 1.0),
        ([(40, 0, 0)], 0.0),
        ([(0, 0, 40)], 0.0),
        ([(5, 5, 30)], 0.25),
        ([(20, 0, 0), (0, 20, 0)], 1.0),
    ],
)
def test_within_tells_how_evenly_all_answers_split(groups: list[tuple[int, int, int]], value: float) -> None:
    assert within(counts_of(groups), smallest_voice=10).tolist() == [value]


def test_within_needs_a_voice() -> None:
    assert np.isnan(within(counts_of([(4, 5, 0)]), smallest_voice=10)[0])


def test_group_informed_consensus_shrinks_with_groups_and_its_mean_does_not() -> None:
    """93 of 100 in each of two and of six groups."""
    two, six = ([(93, 7, 0)] * number for number in (2, 6))
    (few,), (mean,) = group_informed_consensus(counts_of(two), usual(2))
    (many,), (same,) = group_informed_consensus(counts_of(six), usual(6))
    assert (few, many) == (pytest.approx((94 / 102) ** 2), pytest.approx((94 / 102) ** 6))
    assert mean == pytest.approx(same) == pytest.approx(94 / 102)


def test_unseen_group_counts_half_in_polis_and_nothing_in_the_mean() -> None:
    product, mean = group_informed_consensus(counts_of([(30, 0, 0), (30, 0, 0), (0, 0, 0)]), usual(3))
    assert product[0] == pytest.approx((31 / 32) ** 2 / 2)
    assert mean[0] == pytest.approx(31 / 32)


@pytest.mark.parametrize("smallest", [4, 0, -1])
def test_voice_of_very_few_is_refused(smallest: int) -> None:
    with pytest.raises(ValueError, match="fewer than 5"):
        usual(2, smallest_voice=smallest)


def test_required_group_must_be_one_that_can_be_declared() -> None:
    with pytest.raises(ValueError, match="cannot be required"):
        Rules(np.array([True, False]), np.array([False, True]), np.full(2, np.nan))
