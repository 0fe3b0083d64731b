"""Figures of the regional fit against values computed by hand, and what is hidden."""

from dataclasses import replace
from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.domain.fit_figures import QUESTIONS, SMALLEST_CELL, FitFigures, FitSums, fit_figures

Person = tuple[int | None, ...]
Cells = list[list[list[Person]]]
"""Persons of each measure and district, with their four grades."""


def sums_of(cells: Cells) -> FitSums:
    """Counted one person after the other, as somebody would by hand."""
    shape = (len(cells), len(cells[0]))
    people, means, squares = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    answered, points = (np.zeros((*shape, QUESTIONS), dtype=np.int64) for _ in range(2))
    for m, line in enumerate(cells):
        for d, persons in enumerate(line):
            for grades in persons:
                given_grades = [grade for grade in grades if grade is not None]
                own = 12 * sum(given_grades) // len(given_grades)
                people[m, d] += 1
                means[m, d] += own
                squares[m, d] += own**2
                for question, grade in enumerate(grades):
                    answered[m, d, question] += grade is not None
                    points[m, d, question] += grade or 0
    return FitSums(people, answered, points, means, squares)


def same(one: FitFigures, other: FitFigures) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=getattr(one, name).dtype.kind == "f")
        for name in FitFigures.__dataclass_fields__
    )


def test_figures_of_a_cell_agree_with_those_computed_by_hand() -> None:
    persons: list[Person] = [(5, 4, 3, 2), (4, 4, 3, 1), (3, 4, 3, 2), (5, 3, None, 2), (4, 5, 1, 3), (5, 4, 2, None)]
    found = fit_figures(sums_of([[persons]]))
    assert found.people.tolist() == [[6]]
    # Mean grades 26/6, 24/6, 12/5 and 10/5, each minus 1, times 25.
    assert found.questions[0, 0] == pytest.approx([25 * (26 / 6 - 1), 75.0, 35.0, 25.0], abs=1e-12)
    assert found.overall[0, 0] == pytest.approx((25 * (26 / 6 - 1) + 75.0 + 35.0 + 25.0) / 4, abs=1e-12)
    own = [25 * (mean - 1) for mean in (14 / 4, 12 / 4, 12 / 4, 10 / 3, 13 / 4, 11 / 3)]
    mean = sum(own) / 6
    assert found.spread[0, 0] == pytest.approx(sqrt(sum((value - mean) ** 2 for value in own) / 5), abs=1e-12)
    assert not found.hidden.any()
    assert not found.incomplete.any()


def test_ends_of_the_scale_are_0_and_100_and_agreement_has_no_spread() -> None:
    low: list[Person] = [(1, 1, 1, 1)] * 5
    high: list[Person] = [(5, 5, 5, 5)] * 7
    found = fit_figures(sums_of([[low, high]]))
    assert found.overall.tolist() == [[0.0, 100.0]]
    assert found.spread.tolist() == [[0.0, 0.0]]


def test_half_at_each_end_spreads_over_50_points() -> None:
    low: list[Person] = [(1, 1, 1, 1)] * 50
    high: list[Person] = [(5, 5, 5, 5)] * 50
    found = fit_figures(sums_of([[low + high]]))
    assert found.overall[0, 0] == 50.0
    assert found.spread[0, 0] == pytest.approx(50 * sqrt(100 / 99), abs=1e-12)


@pytest.mark.parametrize(("number", "people"), [(0, 0), (1, -1), (4, -1), (5, 5)])
def test_a_cell_is_shown_from_five_persons_on(number: int, people: int) -> None:
    found = fit_figures(sums_of([[[(4, 4, 4, 4)] * number]]))
    assert found.people[0, 0] == people
    assert isnan(found.overall[0, 0]) == (number < SMALLEST_CELL)
    assert found.hidden.all() == (0 < number < SMALLEST_CELL)


def test_a_question_few_could_judge_is_hidden_and_takes_overall_and_spread_with_it() -> None:
    persons: list[Person] = [(4, 4, 4, 5)] * 4 + [(4, 4, 4, None)] * 3
    found = fit_figures(sums_of([[persons]]))
    assert found.people[0, 0] == 7
    assert found.questions[0, 0, :3].tolist() == [75.0, 75.0, 75.0]
    assert isnan(found.questions[0, 0, 3])
    assert found.hidden[0, 0].tolist() == [False, False, False, True]
    assert found.incomplete[0, 0]
    assert isnan(found.overall[0, 0])
    assert isnan(found.spread[0, 0])


def test_totals_are_of_what_is_shown_and_nothing_shown_is_no_figure() -> None:
    five: list[Person] = [(5, 5, 5, 5)] * 5
    six: list[Person] = [(3, 3, 3, 3)] * 6
    few: list[Person] = [(1, 1, 1, 1)] * 4
    found = fit_figures(sums_of([[five, six, few], [few, few, []]]))
    assert found.people_of_measure.tolist() == [11, 0]
    assert found.people_of_district.tolist() == [5, 6, 0]
    assert found.over_districts[0] == 75.0
    assert isnan(found.over_districts[1])
    assert found.over_measures[:2].tolist() == [100.0, 50.0]
    assert isnan(found.over_measures[2])


def test_no_cells_at_all_are_no_error() -> None:
    assert fit_figures(sums_of([[]])).overall.shape == (1, 0)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("answered", [[[6, 5, 5, 5]]], "more answers than persons"),
        ("points", [[[4, 5, 5, 5]]], "does not fit their number"),
        ("points", [[[26, 5, 5, 5]]], "does not fit their number"),
        ("means", [[1, 2]], "sums of cells"),
        ("points", [[[5, 5, 5]]], "sums of questions"),
    ],
)
def test_sums_that_cannot_be_are_refused(field: str, value: object, words: str) -> None:
    sums = sums_of([[[(1, 1, 1, 1)] * 5]])
    with pytest.raises(ValueError, match=words):
        replace(sums, **{field: np.array(value, dtype=np.int64)})


def test_a_smallest_cell_of_one_person_is_refused() -> None:
    with pytest.raises(ValueError, match="one person"):
        fit_figures(sums_of([[[(1, 1, 1, 1)]]]), smallest=1)


grade = st.integers(1, 5)
person = st.tuples(*[st.one_of(st.none(), grade)] * QUESTIONS).filter(any)
table = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.lists(person, max_size=9), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(table, st.data())
@settings(max_examples=200, deadline=None)
def test_no_figure_depends_on_an_answer_that_is_hidden(cells: Cells, data: st.DataObject) -> None:
    """Other answers behind the same hidden ones give the very same figures: nothing can be computed from them."""
    before = fit_figures(sums_of(cells))
    other = [
        [[_changed(grades, before, m, d, data) for grades in persons] for d, persons in enumerate(line)]
        for m, line in enumerate(cells)
    ]
    assert same(before, fit_figures(sums_of(other)))


def _changed(grades: Person, found: FitFigures, m: int, d: int, data: st.DataObject) -> Person:
    hidden = found.hidden[m, d]
    return tuple(
        data.draw(grade) if hidden[question] and old is not None else old for question, old in enumerate(grades)
    )


@given(table, st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_how_many_hide_in_a_small_cell_changes_nothing_but_that_somebody_does(cells: Cells, number: int) -> None:
    before = fit_figures(sums_of(cells))
    other = [[persons[:number] if 0 < len(persons) < SMALLEST_CELL else persons for persons in line] for line in cells]
    after = fit_figures(sums_of(other))
    shown = before.people >= SMALLEST_CELL
    assert np.array_equal(before.people, after.people)
    assert np.array_equal(before.people_of_measure, after.people_of_measure)
    assert np.array_equal(before.over_districts, after.over_districts, equal_nan=True)
    assert np.array_equal(before.questions[shown], after.questions[shown], equal_nan=True)


@given(table)
@settings(max_examples=100, deadline=None)
def test_every_figure_that_is_shown_has_five_persons_behind_it(cells: Cells) -> None:
    found = fit_figures(sums_of(cells))
    for m, line in enumerate(cells):
        for d, persons in enumerate(line):
            for question in range(QUESTIONS):
                answered = sum(grades[question] is not None for grades in persons)
                assert isnan(found.questions[m, d, question]) == (answered < SMALLEST_CELL)
    told = found.overall[~np.isnan(found.overall)]
    assert ((told >= 0) & (told <= 100)).all()
    assert np.array_equal(np.isnan(found.overall), np.isnan(found.spread))
