"""Which thesis is shown next: balance over theses and inside groups (methods section 2.6)."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from theses.domain.intervals import Ints
from theses.domain.next_thesis import chances, draw

SHARES = np.array([0.30, 0.20, 0.15, 0.11, 0.09, 0.06, 0.05, 0.04])
PEOPLE, ANSWERS, THESES = 1000, 20, 100


def simulated(opened_late: int | None = None) -> Ints:
    """int[8, 100]: who saw what after everybody has answered; one thesis may open at half-time."""
    group = np.random.default_rng(5).choice(len(SHARES), size=PEOPLE, p=SHARES)
    seen = np.zeros((len(SHARES), THESES), dtype=np.int64)
    for person in range(PEOPLE):
        free = np.ones(THESES, dtype=bool)
        if opened_late is not None and person < PEOPLE // 2:
            free[opened_late] = False
        for answered in range(ANSWERS):
            chance = chances(seen=seen.sum(axis=0), seen_in_group=seen[group[person]], open_to_person=free)
            thesis = draw(chance, person=person, answered=answered)
            assert thesis is not None
            assert free[thesis]
            free[thesis] = False
            seen[group[person], thesis] += 1
    return seen


def test_theses_are_seen_about_equally_often_also_inside_each_group() -> None:
    seen = simulated()
    total = seen.sum(axis=0)
    assert total.sum() == PEOPLE * ANSWERS
    assert total.max() / total.min() <= 1.35
    assert (seen.max(axis=1) / seen.min(axis=1)).max() <= 3.5


def test_thesis_that_opens_late_catches_up() -> None:
    total = simulated(opened_late=17).sum(axis=0)
    assert total[17] >= 0.6 * np.median(total)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 50), st.booleans()), min_size=1, max_size=30))
@settings(derandomize=True, deadline=None)
def test_chances_sum_to_one_and_reach_only_what_is_open(rows: list[tuple[int, int, bool]]) -> None:
    seen, own, free = (np.array(column) for column in zip(*rows, strict=True))
    chance = chances(seen=seen + own, seen_in_group=own, open_to_person=free)
    assert (chance[~free] == 0).all()
    assert (chance[free] > 0).all()
    assert np.isclose(chance.sum(), 1) == free.any()
    thesis = draw(chance, person=3, answered=1)
    assert thesis is None if not free.any() else free[thesis]


def test_chances_follow_the_published_rule() -> None:
    chance = chances(
        seen=np.array([0, 5, 10]), seen_in_group=np.array([0, 3, 1]), open_to_person=np.ones(3, dtype=bool)
    )
    weight = np.array([9 / 1, 5 / 4, 3 / 2])
    np.testing.assert_allclose(chance, weight / weight.sum())


def test_the_same_thesis_is_drawn_until_one_more_is_answered() -> None:
    chance = np.full(50, 1 / 50)
    drawn = [draw(chance, person=8, answered=answered) for answered in range(40)]
    assert drawn == [draw(chance, person=8, answered=answered) for answered in range(40)]
    assert len(set(drawn)) > 15


def test_draws_are_as_frequent_as_their_chances() -> None:
    chance = np.array([0.5, 0.0, 0.3, 0.2])
    drawn = [draw(chance, person=person, answered=0) for person in range(4000)]
    shares = np.bincount([place for place in drawn if place is not None], minlength=4) / 4000
    np.testing.assert_allclose(shares, chance, atol=0.03)
