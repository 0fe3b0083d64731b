from functools import partial

import pytest

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.role import change_access, change_role, is_last_of_office
from stakeholders.models import AuditEntry, Stakeholder
from tests.at_once import refused_at_once
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory

pytestmark = pytest.mark.django_db
Role = Stakeholder.Role


@pytest.fixture
def superuser(db: None) -> Stakeholder:
    person: Stakeholder = StakeholderFactory.create(is_superuser=True, role=Role.PROJECT_OFFICE)
    return person


def test_superuser_changes_a_role_once_and_it_is_audited(cast: Cast, superuser: Stakeholder) -> None:
    for _time in range(2):
        change_role(person=cast.stakeholder, role=Role.MINISTRY, is_superuser=False, actor=superuser)
    cast.stakeholder.refresh_from_db()
    assert cast.stakeholder.role == Role.MINISTRY
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.target) == ("role_changed", superuser, cast.stakeholder)
    assert entry.facts == {"role": ["stakeholder", "ministry"], "is_superuser": [False, False]}


@pytest.mark.parametrize("who", ["stakeholder", "project_office", "ministry", "outsider"])
def test_others_hand_out_no_rights(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    with pytest.raises(Refusal):
        change_role(person=cast.colleague, role=Role.PROJECT_OFFICE, is_superuser=False, actor=actor)
    with pytest.raises(Refusal):
        change_role(person=actor, role=actor.role, is_superuser=True, actor=actor)
    assert not AuditEntry.objects.exists()


def test_superuser_keeps_the_own_key(superuser: Stakeholder) -> None:
    with pytest.raises(Refusal):
        change_role(person=superuser, role=Role.STAKEHOLDER, is_superuser=False, actor=superuser)
    superuser.refresh_from_db()
    assert superuser.is_superuser


def leave_one(cast: Cast) -> Stakeholder:
    """The only account of the office that may still sign in."""
    Stakeholder.objects.filter(pk=cast.office_without_second_factor.pk).update(is_active=False)
    return cast.project_office


def test_last_of_the_office_is_told_from_the_others(cast: Cast) -> None:
    assert not is_last_of_office(cast.project_office)
    last = leave_one(cast)
    assert is_last_of_office(last)
    assert not is_last_of_office(cast.office_without_second_factor)
    assert not is_last_of_office(cast.ministry)


def test_last_of_the_office_keeps_role_and_access(cast: Cast) -> None:
    last = leave_one(cast)
    technician = StakeholderFactory.create(is_superuser=True)
    with pytest.raises(Refusal, match="letzte Konto des Projektbüros"):
        change_role(person=last, role=Role.STAKEHOLDER, is_superuser=False, actor=technician)
    with pytest.raises(Refusal, match="letzte Konto des Projektbüros"):
        change_access(person=last, is_active=False, actor=technician)
    last.refresh_from_db()
    assert (last.role, last.is_active) == (Role.PROJECT_OFFICE, True)
    change_role(person=cast.outsider, role=Role.PROJECT_OFFICE, is_superuser=False, actor=technician)
    change_access(person=last, is_active=False, actor=technician)
    last.refresh_from_db()
    assert not last.is_active


@pytest.mark.django_db(transaction=True)
def test_of_two_last_who_leave_at_once_one_stays(cast: Cast) -> None:
    technician = StakeholderFactory.create(is_superuser=True)
    office = [cast.project_office, cast.office_without_second_factor]
    leave = partial(change_access, is_active=False, actor=technician)
    assert len(refused_at_once(*[partial(leave, person=person) for person in office])) == 1
    assert Stakeholder.objects.filter(role=Role.PROJECT_OFFICE, is_active=True).count() == 1


def test_access_is_taken_and_given_once_and_audited(cast: Cast) -> None:
    for is_active in (False, False, True, True):
        change_access(person=cast.outsider, is_active=is_active, actor=cast.project_office)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "account_deactivated",
        "account_reactivated",
    ]
    with pytest.raises(Refusal):
        change_access(person=cast.project_office, is_active=False, actor=cast.project_office)
