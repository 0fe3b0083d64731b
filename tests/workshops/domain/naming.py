"""How the tests of deputies name one."""

from stakeholders.models import Stakeholder
from workshops.domain.deputy import Deputy, name_deputy
from workshops.models import Invitation, Registration

RUTH = Deputy(first_name="Ruth", last_name="Beispiel", email="ruth@example.org")


def known(person: Stakeholder) -> Deputy:
    return Deputy(first_name="Egal", last_name="Wie", email=person.mail_address)


def name(invited: Invitation, deputy: Deputy = RUTH) -> Invitation:
    return name_deputy(invitation=invited, deputy=deputy)


def state_of(person: Stakeholder) -> str:
    return Registration.objects.get(person=person).state
