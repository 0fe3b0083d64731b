import pytest

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.role import change_role
from stakeholders.models import AuditEntry, Stakeholder
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
