"""All figures together, their orders, and what may be published of them (methods section 2.7)."""

from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.theses.domain.opinion_samples import counts_of, usual
from theses.domain.intervals import Ints
from theses.domain.opinion_analysis import OpinionAnalysis, analyse, with_hidden
from theses.domain.opinions import Answers, everybody
from theses.domain.tally import AGREE, publishable

CELL = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 3))


def published(counts: Ints) -> OpinionAnalysis:
    return analyse(publishable(counts, smallest=5), with_hidden(usual(len(counts))), seed=1)


def test_bridges_come_in_the_order_of_what_is_sure() -> None:
    counts = counts_of(
        [(30, 5, 0), (30, 5, 0)],
        [(300, 50, 0), (300, 50, 0)],
        [(20, 20, 0), (20, 20, 0)],
        [(1, 60, 0), (0, 60, 0)],
    )
    assert analyse(counts, usual(2), seed=1).bridges().tolist() == [3, 1, 0]


def test_dividing_theses_between_groups_come_before_those_inside() -> None:
    counts = counts_of(
        [(20, 20, 0), (20, 20, 0)],
        [(40, 10, 0), (10, 40, 0)],
        [(50, 0, 0), (0, 50, 0)],
        [(40, 1, 0), (40, 1, 0)],
        [(16, 10, 0), (16, 10, 0)],
    )
    assert analyse(counts, usual(2), seed=1).divides().tolist() == [2, 1, 0, 4]


def test_theses_nobody_was_asked_about_have_no_figures() -> None:
    found = analyse(np.zeros((3, 2, 3), dtype=np.int64), usual(3), seed=1)
    headline = found.ground.headline
    figures: list[Any] = [
        found.ground.share,
        found.ground.low,
        found.ground.high,
        headline.equal_voice,
        headline.per_head,
    ]
    figures += [found.ground.floor, found.within, found.between.value, found.between.p, found.gic, found.gic_geometric]
    assert all(np.isnan(figure).all() for figure in figures)
    assert (len(found.bridges()), len(found.divides())) == (0, 0)


def test_no_theses_give_no_figures() -> None:
    found = analyse(np.zeros((3, 0, 3), dtype=np.int64), usual(3), seed=1)
    assert found.ground.labels == ()
    assert (len(found.bridges()), len(found.typical.theses(0))) == (0, 0)


def test_one_voter_is_shown_nowhere() -> None:
    counts = counts_of([(1, 0, 0), (0, 0, 0)])
    assert analyse(counts, usual(2), seed=1).ground.share[0, 0] == 1
    assert np.isnan(published(counts).ground.share).all()
    assert np.isnan(published(counts).ground.headline.per_head).all()


def test_group_that_saw_nothing_enters_no_figure() -> None:
    cells = [(30, 10, 2), (12, 20, 0)]
    without, beside = (
        analyse(counts_of(groups), usual(len(groups)), seed=1) for groups in (cells, [*cells, (0, 0, 0)])
    )
    for figure, same in (
        (without.ground.floor, beside.ground.floor),
        (without.gic_geometric, beside.gic_geometric),
        (without.between.value, beside.between.value),
        (without.between.lower, beside.between.lower),
        (without.between.p, beside.between.p),
        (without.ground.headline.equal_voice, beside.ground.headline.equal_voice),
    ):
        np.testing.assert_array_equal(figure, same)
    assert without.ground.labels == beside.ground.labels


def test_all_pass_is_a_share_of_zero() -> None:
    found = analyse(counts_of([(0, 0, 20), (0, 0, 20)]), usual(2), seed=1)
    assert (found.ground.share == 0).all()
    assert found.within[0] == 0


def test_all_agree_reaches_one() -> None:
    found = analyse(counts_of([(20, 0, 0), (20, 0, 0)]), usual(2), seed=1)
    assert (found.ground.high == 1).all()
    assert found.within[0] == 0


@given(st.lists(CELL, min_size=2, max_size=6))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_published_total_is_that_of_the_page(cells: list[tuple[int, int, int]]) -> None:
    told = everybody({g: Answers(agree=a, disagree=d, passed=p) for g, (a, d, p) in enumerate(cells)})
    shown = publishable(counts_of(cells), smallest=5).sum(axis=0)[0]
    assert (0 if told is None else told.total, 0 if told is None else told.agree) == (shown.sum(), shown[AGREE])


@given(st.lists(CELL, min_size=2, max_size=6), st.data())
@settings(derandomize=True, deadline=None, max_examples=60)
def test_published_figures_do_not_depend_on_how_a_small_group_answered(
    cells: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    """Within what is hidden, answers may be moved from group to group, or all be dropped if they are fewer than 5."""
    cells = [*cells, data.draw(st.sampled_from([(1, 0, 2), (0, 3, 0), (2, 2, 0)]))]
    small = [place for place, cell in enumerate(cells) if sum(cell) < 5]
    assume(sum(sum(cells[place]) for place in small) < 5)
    other = [(0, 0, 0) if place in small else cell for place, cell in enumerate(cells)]
    one, same = published(counts_of(cells)), published(counts_of(other))
    assert one.ground.labels == same.ground.labels
    pairs = [(one.gic, same.gic), (one.within, same.within), (one.typical.value, same.typical.value)]
    pairs += [(one.ground.headline.per_head, same.ground.headline.per_head), (one.between.p, same.between.p)]
    for figure, again in pairs:
        np.testing.assert_array_equal(figure, again)


def test_voices_are_untouched_by_what_is_hidden() -> None:
    counts = counts_of([(20, 5, 0), (5, 20, 0), (2, 1, 0)])
    full, shown = analyse(counts, usual(3), seed=1), published(counts)
    assert full.ground.floor[0] == shown.ground.floor[0]
    assert full.ground.headline.equal_voice[0] == shown.ground.headline.equal_voice[0]
    assert full.between.value[0] == shown.between.value[0]
    assert full.ground.labels == shown.ground.labels
