"""From stances to counts and columns."""

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import Stakeholder, StakeholderGroup
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory
from tests.factories.theses import StanceFactory, ThesisFactory
from theses.domain.stance_arrays import read_answers, read_counts
from theses.domain.tally import AGREE, DISAGREE, PASSED, tally
from theses.models import Stance, Thesis

pytestmark = pytest.mark.django_db
Value = Stance.Value


@pytest.fixture
def groups() -> list[StakeholderGroup]:
    return [StakeholderGroupFactory.create(key=key) for key in ("industrie", "kammern")]


@pytest.fixture
def theses(groups: list[StakeholderGroup]) -> list[Thesis]:
    """Two theses with answers of both groups, of somebody without one, and of people who do not count."""
    one, other = ThesisFactory.create(), ThesisFactory.create()
    for thesis, group, value in (
        (one, groups[0], Value.AGREE),
        (one, groups[0], Value.AGREE),
        (one, groups[1], Value.DISAGREE),
        (one, None, Value.NEUTRAL),
        (other, groups[1], Value.PASS),
    ):
        StanceFactory.create(thesis=thesis, person=StakeholderFactory.create(group=group), value=value)
    StanceFactory.create(thesis=one, person=StakeholderFactory.create(group=groups[0], is_active=False))
    office = StakeholderFactory.create(group=groups[0], role=Stakeholder.Role.PROJECT_OFFICE)
    StanceFactory.create(thesis=one, person=office)
    return [one, other]


def test_counts_go_by_declared_group_and_leave_out_who_does_not_count(
    theses: list[Thesis], groups: list[StakeholderGroup]
) -> None:
    found = read_counts(Thesis.objects.all())
    assert found.theses == tuple(thesis.pk for thesis in theses)
    first, second = (found.groups.index(group.pk) for group in groups)
    expected = np.zeros((len(found.groups) + 1, 2, 3), dtype=np.int64)
    expected[first, 0, AGREE] = 2
    expected[second, 0, DISAGREE] = expected[-1, 0, PASSED] = expected[second, 1, PASSED] = 1
    np.testing.assert_array_equal(found.counts, expected)
    assert found.rules().declared.tolist() == [True] * len(found.groups) + [False]


def test_only_the_theses_asked_for_are_counted(theses: list[Thesis]) -> None:
    found = read_counts(Thesis.objects.filter(pk=theses[1].pk))
    assert found.theses == (theses[1].pk,)
    assert found.counts.sum() == 1
    assert len(read_answers(Thesis.objects.filter(pk=theses[1].pk)).value) == 1


@pytest.mark.usefixtures("theses")
def test_answers_sum_up_to_the_counts() -> None:
    found, counts = read_answers(Thesis.objects.all()), read_counts(Thesis.objects.all())
    assert (found.groups, found.theses) == (counts.groups, counts.theses)
    tallied = tally(
        group=found.group,
        participant=found.participant,
        thesis=found.thesis,
        value=found.value,
        groups=len(found.groups) + 1,
        theses=len(found.theses),
    )
    np.testing.assert_array_equal(tallied, counts.counts)


def test_change_of_group_takes_the_history_along(theses: list[Thesis], groups: list[StakeholderGroup]) -> None:
    Stakeholder.objects.filter(group=groups[0]).update(group=groups[1])
    found = read_counts(Thesis.objects.filter(pk=theses[0].pk))
    assert found.counts[found.groups.index(groups[0].pk)].sum() == 0
    assert found.counts[found.groups.index(groups[1].pk), 0].tolist() == [1, 0, 2]


def test_no_stances_give_zeros() -> None:
    ThesisFactory.create()
    found = read_counts(Thesis.objects.all())
    assert found.counts.shape == (len(found.groups) + 1, 1, 3)
    assert not found.counts.any()
    assert len(read_answers(Thesis.objects.all()).value) == 0
    assert read_counts(Thesis.objects.none()).counts.shape[1] == 0


@pytest.mark.usefixtures("theses")
def test_number_of_queries_does_not_depend_on_the_number_of_answers(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(3):
        read_counts(Thesis.objects.all())
