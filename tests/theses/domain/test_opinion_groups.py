"""Groups in the answers themselves: found where planted, and not shown by chance (methods section 2.5)."""

import numpy as np
import pytest

from theses.domain.clustering import adjusted_rand, k_means, silhouettes
from theses.domain.intervals import Bools, Ints
from theses.domain.opinion_groups import Doubt, OpinionGroups, crossed, crossed_in_public, opinion_groups


def answers(value: Ints, seen: Ints | Bools, *, seed: int = 1, shuffles: int = 19) -> OpinionGroups:
    """From a table of answers [person, thesis] and who saw what."""
    participant, thesis = np.nonzero(seen)
    people, theses = value.shape
    return opinion_groups(
        participant=participant,
        thesis=thesis,
        value=value[participant, thesis],
        participants=people,
        theses=theses,
        seed=seed,
        shuffles=shuffles,
    )


def camps(seed: int, people: int = 90, theses: int = 30, number: int = 2) -> tuple[Ints, Ints]:
    """Answers of people in clear camps, and the camp of each."""
    random = np.random.default_rng(seed)
    camp = random.integers(number, size=people)
    leaning = random.choice([-1, 1], size=(number, theses))
    faithful = random.random((people, theses)) < 0.85
    return np.where(faithful, leaning[camp], random.integers(-1, 2, size=(people, theses))), camp


@pytest.mark.parametrize(("seed", "number"), [(1, 2), (2, 2), (3, 3)])
def test_planted_groups_are_found_and_shown(seed: int, number: int) -> None:
    value, camp = camps(seed, number=number)
    seen = np.random.default_rng(seed).random(value.shape) < 0.7
    found = answers(value, seen)
    assert (found.doubt, found.k) == (None, number)
    assert adjusted_rand(found.members, camp) > 0.95
    assert np.isfinite(found.places).all()
    assert found.stability is not None
    assert found.stability >= 0.8
    assert (np.diff(np.bincount(found.members)) <= 0).all()


def test_places_are_projections_that_make_up_for_few_answers() -> None:
    """Polis' map: two main components of the centred answers, times the root of theses asked over theses answered."""
    value, _camp = camps(11)
    seen = np.random.default_rng(11).random(value.shape) < 0.6
    centred = np.where(seen, value - np.where(seen, value, 0).sum(axis=0) / seen.sum(axis=0), 0)
    main = np.linalg.svd(centred)[2][:2].T
    main *= np.sign(np.take_along_axis(main, np.abs(main).argmax(axis=0)[None], axis=0))
    expected = centred @ main * np.sqrt(value.shape[1] / seen.sum(axis=1))[:, None]
    np.testing.assert_allclose(answers(value, seen).places, expected, atol=1e-3)


def test_groups_are_hardly_ever_shown_where_answers_are_independent() -> None:
    """Who saw what depends on person and thesis, the answers on the thesis alone: the promise is one in twenty."""
    shown, by_chance = 0, []
    for seed in range(200):
        random = np.random.default_rng(1000 + seed)
        diligent, known = random.random((60, 1)), random.random((1, 15))
        value = np.where(random.random((60, 15)) < random.random((1, 15)), 1, random.integers(-1, 2, size=(60, 15)))
        found = answers(value, random.random((60, 15)) < 0.5 + 0.25 * (diligent + known), seed=seed)
        shown += found.doubt is None
        by_chance.append(found.p)
    assert None not in by_chance
    assert shown <= 16
    assert 2 <= sum(p == 0.05 for p in by_chance) <= 16  # the first gate alone keeps it, and can be passed


def test_the_same_seed_gives_the_same_groups() -> None:
    value, _camp = camps(4)
    seen = np.random.default_rng(4).random(value.shape) < 0.6
    first, again = answers(value, seen, seed=7), answers(value, seen, seed=7)
    np.testing.assert_array_equal(first.members, again.members)
    assert (first.silhouette, first.p, first.stability) == (again.silhouette, again.p, again.stability)


def test_too_few_people_have_no_groups() -> None:
    value, _camp = camps(5, people=49)
    found = answers(value, np.ones_like(value))
    assert found.doubt == Doubt.TOO_FEW_PEOPLE
    assert (found.k, found.p, found.silhouette, found.stability) == (None, None, None, None)
    assert (found.members == -1).all()


def test_people_with_few_answers_belong_to_no_group() -> None:
    value, _camp = camps(6)
    seen = np.ones_like(value)
    seen[3] = 0
    seen[3, :6] = 1
    found = answers(value, seen)
    assert found.doubt is None
    assert found.members[3] == -1
    assert (np.delete(found.members, 3) >= 0).all()


@pytest.mark.parametrize("theses", [1, 2, 3, 70])
def test_people_of_one_mind_have_no_groups(theses: int) -> None:
    value = np.ones((60, theses), dtype=np.int64)
    found = answers(value, np.ones_like(value))
    assert (found.doubt, found.p) == (Doubt.CHANCE, 1.0)
    assert (found.members == -1).all()
    assert np.isnan(found.places).all()


def test_nobody_has_no_groups() -> None:
    nothing = np.zeros((0, 3), dtype=np.int64)
    assert answers(nothing, nothing).doubt == Doubt.TOO_FEW_PEOPLE


def test_many_theses_are_treated_as_few() -> None:
    value, camp = camps(8, theses=120)
    found = answers(value, np.random.default_rng(8).random(value.shape) < 0.3)
    assert found.doubt is None
    assert adjusted_rand(found.members, camp) > 0.95


def test_crossed_counts_members_by_declared_group() -> None:
    members, declared = np.array([0, 0, 1, -1, 1, 0]), np.array([0, 1, 1, 0, 2, 0])
    assert crossed(members, declared, groups=3).tolist() == [[2, 1, 0], [0, 1, 1]]
    assert crossed(np.full(4, -1), np.zeros(4, dtype=np.int64), groups=3).shape == (0, 3)


def test_small_cells_of_the_cross_table_are_not_published() -> None:
    """Opinion group 0: 6, 3 and 2 people; group 1: 7, 0 and 4."""
    members = np.repeat([0, 1], [11, 11])
    declared = np.repeat([0, 1, 2, 0, 2], [6, 3, 2, 7, 4])
    shown = crossed_in_public(members, declared, groups=3, smallest=5)
    assert shown.tolist() == [[6, 0, 0, 5], [7, 0, 0, 0]]


def test_silhouette_of_a_small_example_equals_the_definition() -> None:
    points = np.array([[0, 0], [0, 2], [6, 0], [6, 2], [20, 0]], dtype=np.float32)
    groups = np.array([0, 0, 1, 1, 2])
    (found,) = silhouettes(points, [groups])
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    expected = []
    for person in range(4):
        own = distance[person, groups == groups[person]].sum()
        other = min(distance[person, groups == group].mean() for group in range(3) if group != groups[person])
        expected.append((other - own) / max(own, other))
    assert found == pytest.approx(sum(expected) / 5)


def test_k_means_on_more_points_than_the_sample_settles_on_all() -> None:
    random = np.random.default_rng(3)
    centre = random.integers(3, size=4000)
    points = (random.normal(size=(4000, 2)) + np.array([[0, 0], [12, 0], [0, 12]])[centre]).astype(np.float32)
    groups = k_means(points, 3, sample=np.arange(0, 4000, 8), random=random)
    assert adjusted_rand(groups, centre) > 0.99


def test_k_means_makes_no_more_groups_than_points_differ() -> None:
    points = np.repeat(np.array([[0, 0], [1, 1]], dtype=np.float32), 20, axis=0)
    groups = k_means(points, 5, sample=np.arange(40), random=np.random.default_rng(1))
    assert adjusted_rand(groups, np.repeat([0, 1], 20)) == 1


def test_adjusted_rand_is_1_for_the_same_groups_and_0_by_chance() -> None:
    """Four items, of which one grouping parts a pair: pairs 1, 1 and 2 give (1 - 1/3) / (3/2 - 1/3)."""
    one, other = np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0])
    assert adjusted_rand(one, other) == 1
    assert adjusted_rand(np.array([0, 0, 1, 2]), np.array([0, 0, 1, 1])) == pytest.approx(4 / 7)
    random = np.random.default_rng(2)
    chance = [adjusted_rand(random.integers(3, size=60), random.integers(3, size=60)) for _round in range(300)]
    assert abs(np.mean(chance)) < 0.01
