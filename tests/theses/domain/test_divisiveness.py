"""Distances between groups, their tests, and what is typical of one group (methods section 2.4)."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency, false_discovery_control

from tests.theses.domain.opinion_samples import counts_of, usual
from theses.domain.common_ground import Rules
from theses.domain.divisiveness import between, typical
from theses.domain.intervals import Ints, newcombe, two_sided


def sample(seed: int, groups: int = 4, theses: int = 30, largest: int = 60) -> Ints:
    return np.random.default_rng(seed).integers(0, largest, size=(groups, theses, 3))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_test_and_strength_equal_scipy_where_no_cell_is_sparse(seed: int) -> None:
    counts = sample(seed) + 12
    found = between(counts, usual(4), seed=1)
    for thesis in range(counts.shape[1]):
        table = counts[:, thesis]
        assert found.p[thesis] == pytest.approx(chi2_contingency(table, correction=False).pvalue, rel=1e-9)
        assert found.cramers_v[thesis] == pytest.approx(_bergsma(table), abs=1e-12)
    np.testing.assert_allclose(found.p_adjusted, false_discovery_control(found.p))


def _bergsma(table: Ints) -> float:
    """As printed: Bergsma 2013, equations 5 to 7."""
    n, (r, c) = table.sum(), table.shape
    phi = max(0.0, chi2_contingency(table, correction=False).statistic / n - (r - 1) * (c - 1) / (n - 1))
    rows, columns = r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)
    return float(np.sqrt(phi / min(rows - 1, columns - 1)))


def test_sparse_tables_are_tested_by_relabelling_people() -> None:
    """Against all ways to draw the first group out of 24 people: a hypergeometric probability of both extremes."""
    counts = counts_of([(11, 1, 0), (6, 6, 0)])
    found = between(counts, usual(2), seed=4)
    shuffled = np.random.default_rng(9)
    people = np.repeat([1, 0], [17, 7])
    far = [abs(int(shuffled.permutation(people)[:12].sum()) - 8.5) >= 2.5 for _round in range(20_000)]
    assert found.p[0] == pytest.approx(np.mean(far), abs=0.02)


def test_relabelling_never_claims_more_than_it_has_tried() -> None:
    found = between(counts_of([(12, 0, 1), (0, 12, 1)]), usual(2), seed=1)
    assert found.p[0] == 1 / 2000


def test_relabelling_keeps_its_promise_among_groups_of_one_mind() -> None:
    random = np.random.default_rng(6)
    answers = random.multinomial(12, (0.8, 0.15, 0.05), size=(3, 600))
    p = between(answers, usual(3), seed=2).p
    for level in (0.05, 0.2, 0.5):
        assert (p <= level).mean() <= level + 0.03


def test_relabelling_depends_on_the_seed_alone() -> None:
    counts = sample(5, largest=8) + counts_of(*[[(8, 1, 1)] * 4] * 30)
    first, again, other = (between(counts, usual(4), seed=seed).p for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_between_names_the_groups_and_widens_the_interval_for_picking_them() -> None:
    counts = counts_of([(10, 30, 0), (30, 10, 0), (20, 20, 0), (5, 0, 0)])
    found = between(counts, usual(4), seed=1)
    assert (found.value[0], found.high[0], found.low[0]) == (0.5, 1, 0)
    pair = [np.array([number]) for number in (30, 40, 10, 40)]
    lower, upper = newcombe((pair[0], pair[1]), (pair[2], pair[3]), two_sided(np.array([3])))
    assert (found.lower[0], found.upper[0]) == (lower[0], upper[0])
    narrow, wide = newcombe((pair[0], pair[1]), (pair[2], pair[3]))
    assert lower[0] < narrow[0] < wide[0] < upper[0]


@pytest.mark.parametrize("groups", [[(30, 2, 0), (3, 0, 0)], [(0, 0, 0), (0, 0, 0)], [(30, 1, 1)]])
def test_one_group_alone_is_not_compared(groups: list[tuple[int, int, int]]) -> None:
    found = between(counts_of(groups), usual(len(groups)), seed=1)
    assert (found.high[0], found.low[0]) == (-1, -1)
    figures = (found.value, found.lower, found.upper, found.p, found.p_adjusted, found.cramers_v)
    assert np.isnan(figures).all()


def test_groups_that_all_say_the_same_do_not_differ() -> None:
    found = between(counts_of([(30, 0, 0), (20, 0, 0)]), usual(2), seed=1)
    assert (found.value[0], found.p[0]) == (0.0, 1.0)
    assert np.isnan(found.cramers_v[0])


def test_groups_that_all_say_the_opposite_differ_completely() -> None:
    found = between(counts_of([(40, 0, 0), (0, 40, 0)]), usual(2), seed=1)
    assert found.value[0] == 1
    assert found.cramers_v[0] == pytest.approx(1, abs=0.01)
    assert found.p[0] < 1e-9


def test_typical_theses_are_ordered_by_what_is_certain() -> None:
    counts = counts_of(
        [(30, 30, 0), (30, 30, 0), (30, 30, 0)],
        [(55, 5, 0), (20, 40, 0), (20, 40, 0)],
        [(0, 60, 0), (40, 20, 0), (40, 20, 0)],
        [(9, 0, 0), (0, 60, 0), (0, 60, 0)],
    )
    found = typical(counts, usual(3))
    assert found.theses(0).tolist() == [2, 1]
    assert found.value[0, 2] == pytest.approx(-2 / 3)
    assert found.value[0, 1] == pytest.approx(55 / 60 - 40 / 120)
    assert np.isnan(found.value[0, 3])


def test_typical_compares_with_people_without_a_group_too() -> None:
    rules = Rules.usual(np.array([True, False]))
    found = typical(counts_of([(50, 10, 0), (10, 50, 0)]), rules)
    assert found.value[0, 0] == pytest.approx(40 / 60)
    assert np.isnan(found.value[1, 0])


def test_typical_finds_nothing_where_groups_are_alike() -> None:
    random = np.random.default_rng(8)
    counts = random.multinomial(80, (0.3, 0.1, 0.6), size=(4, 300))
    found = typical(counts, usual(4))
    assert sum(len(found.theses(group)) for group in range(4)) <= 8
