import json

import pytest

from stakeholders.models import OutgoingMail
from tests.cast import Cast
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops.domain.registration import register
from workshops.models import Invitation, Registration
from workshops.privacy import collect, erase

pytestmark = pytest.mark.django_db


def test_collect_tells_registrations_and_invitations_and_nobody_elses(cast: Cast) -> None:
    workshop = WorkshopFactory.create(title="Werkstatt Ö")
    InvitationFactory.create(person=cast.stakeholder, answer="declined", answer_reason="krank")
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    register(workshop=workshop, person=cast.outsider, actor=cast.outsider)
    told = json.loads(json.dumps(collect(cast.stakeholder)))
    assert [row["workshop"] for row in told["registrations"]] == ["Werkstatt Ö"]
    assert [row["answer_reason"] for row in told["invitations"]] == ["krank"]
    assert not any(collect(cast.ministry).values())


def test_erase_gives_the_place_to_the_next(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    for person in (cast.stakeholder, cast.outsider):
        register(workshop=workshop, person=person, actor=person)
    erase(cast.stakeholder)
    assert Registration.objects.get().person == cast.outsider
    assert not Invitation.objects.exists()
    assert kinds(cast.outsider) == ["registration_waiting", "registration_moved_up"]
    assert not OutgoingMail.objects.filter(person=cast.stakeholder, kind="registration_cancelled").exists()
