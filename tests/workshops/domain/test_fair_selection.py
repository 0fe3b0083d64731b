"""The fair draw against what can be computed by hand, against all panels of small pools, and against its promises."""

from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from workshops.domain.fair_selection import DrawImpossible, Person, Quota, draw, lottery


def pool(**sizes: int) -> list[Person]:
    """People of some groups, numbered one after the other."""
    groups = [name for name, size in sizes.items() for _place in range(size)]
    return [Person(key, {"group": group}) for key, group in enumerate(groups)]


def test_without_quotas_everybody_has_the_same_chance() -> None:
    found = lottery(pool(a=7, b=3), [], 4)
    assert set(found.chances.values()) == {0.4}


def test_a_quota_makes_chances_of_groups_what_they_must_be() -> None:
    """Two of three places for two of ten people: 1 and 1/8."""
    found = lottery(pool(a=8, b=2), [Quota("group", "b", 2, 2)], 3)
    assert [found.chances[key] for key in (0, 9)] == [0.125, 1.0]


def test_a_range_is_used_to_make_chances_equal() -> None:
    """Proportional places (2.5 and 1.5) lie within both ranges, so that all chances are equal."""
    found = lottery(pool(a=25, b=15), [Quota("group", "a", 2, 3), Quota("group", "b", 1, 2)], 4)
    assert min(found.chances.values()) == pytest.approx(0.1, abs=1e-4)
    assert max(found.chances.values()) == pytest.approx(0.1, abs=1e-4)


def test_the_draw_is_the_same_for_the_same_seed_and_meets_the_quotas() -> None:
    people = pool(a=25, b=15)
    quotas = [Quota("group", "a", 2, 3), Quota("group", "b", 1, 2)]
    found = lottery(people, quotas, 4)
    assert draw(found, 7) == draw(lottery(people[::-1], quotas, 4), 7)
    assert len({tuple(draw(found, seed)) for seed in range(50)}) > 40
    for seed in range(50):
        drawn = draw(found, seed)
        assert len(set(drawn)) == 4
        assert 2 <= sum(key < 25 for key in drawn) <= 3


def test_chances_are_those_of_many_draws() -> None:
    found = lottery(pool(a=8, b=4), [Quota("group", "b", 2, 3)], 4)
    counts = np.zeros(12)
    for seed in range(4000):
        counts[draw(found, seed)] += 1
    expected = np.array([found.chances[key] for key in range(12)])
    assert counts / 4000 == pytest.approx(expected, abs=4 * 0.5 / 4000**0.5)


def test_quotas_that_cannot_be_met_are_named_with_the_smallest_relaxation() -> None:
    with pytest.raises(DrawImpossible) as refused:
        lottery(pool(a=9, b=1), [Quota("group", "b", 3, 4), Quota("group", "a", 1, 9)], 4)
    (relaxation,) = refused.value.relaxations
    assert (relaxation.quota.value, relaxation.low, relaxation.high) == ("b", 1, 4)


def test_quotas_that_contradict_each_other_are_relaxed_as_little_as_possible() -> None:
    quotas = [Quota("group", "a", 0, 1), Quota("group", "b", 0, 1)]
    with pytest.raises(DrawImpossible) as refused:
        lottery(pool(a=5, b=5), quotas, 4)
    assert sum(row.high - row.quota.high for row in refused.value.relaxations) == 2


def test_fewer_people_than_places_is_no_draw() -> None:
    with pytest.raises(ValueError, match="fewer people"):
        lottery(pool(a=2), [], 3)


def test_who_is_on_no_panel_has_no_chance_and_lowers_nobody_elses() -> None:
    found = lottery(pool(a=4, b=1), [Quota("group", "b", 0, 0)], 2)
    assert [found.chances[key] for key in range(5)] == [0.5] * 4 + [0.0]


def test_one_per_organisation_is_a_quota_like_others() -> None:
    people = [Person(key, {"organisation": str(key // 3)}) for key in range(12)]
    quotas = [Quota("organisation", str(number), 0, 1) for number in range(4)]
    found = lottery(people, quotas, 3)
    assert set(found.chances.values()) == {0.25}
    for seed in range(20):
        assert len({key // 3 for key in draw(found, seed)}) == 3


def best_smallest_chance(people: list[Person], quotas: list[Quota], places: int) -> float | None:
    """By all panels: the largest smallest chance of those who are on any; None where no panel meets the quotas."""
    panels = [
        panel
        for panel in combinations(range(len(people)), places)
        if all(
            quota.low <= sum(people[key].values[quota.category] == quota.value for key in panel) <= quota.high
            for quota in quotas
        )
    ]
    if not panels:
        return None
    member = np.array([[key in panel for panel in panels] for key in range(len(people))], dtype=float)
    member = member[member.any(axis=1)]
    found = linprog(
        [*[0.0] * len(panels), -1.0],
        A_ub=np.hstack([-member, np.ones((len(member), 1))]),
        b_ub=np.zeros(len(member)),
        A_eq=[[*[1.0] * len(panels), 0.0]],
        b_eq=[1.0],
    )
    return float(found.x[-1])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_no_other_lottery_over_panels_is_fairer(seed: int) -> None:
    random = Random(seed)
    people = [
        Person(key, {"group": random.choice("abc"), "district": random.choice("xy")})
        for key in range(random.randint(5, 9))
    ]
    quotas = [Quota("group", value, random.randint(0, 1), random.randint(1, 3)) for value in "abc"]
    quotas += [Quota("district", value, random.randint(0, 2), random.randint(2, 4)) for value in "xy"]
    best = best_smallest_chance(people, quotas, 4)
    if best is None:
        with pytest.raises(DrawImpossible):
            lottery(people, quotas, 4)
        return
    found = lottery(people, quotas, 4)
    reached = min(chance for chance in found.chances.values() if chance)
    assert reached == pytest.approx(best, abs=1e-4)


def test_a_pool_of_two_thousand_is_drawn_in_seconds() -> None:
    random = Random(3)
    people = [
        Person(
            key,
            {
                "group": random.choices("abcdefgh", weights=[30, 20, 15, 12, 9, 6, 5, 3])[0],
                "district": str(random.randint(1, 13)),
                "gender": random.choice(["f", "m"]),
            },
        )
        for key in range(2000)
    ]
    quotas = [Quota("group", value, 3, 9) for value in "abcdefgh"]
    quotas += [Quota("district", str(value), 2, 6) for value in range(1, 14)]
    quotas += [Quota("gender", value, 18, 22) for value in "fm"]
    found = lottery(people, quotas, 40)
    assert found.smallest_chance > 0.5 * 40 / 2000
