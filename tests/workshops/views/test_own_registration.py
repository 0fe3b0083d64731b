"""What the page of an event says to somebody who has asked to take part."""

from collections.abc import Callable

import pytest
from django.test import Client

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.workshops import RegistrationFactory, WorkshopFactory
from workshops.models import Registration

SignIn = Callable[[Stakeholder], Client]
State = Registration.State
pytestmark = pytest.mark.django_db


def test_whoever_is_not_admitted_reads_why_and_cannot_ask_again(cast: Cast, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create(needs_approval=True)
    RegistrationFactory.create(
        workshop=workshop, person=cast.stakeholder, state=State.REFUSED, refusal_reason="Kein Bezug zum Thema."
    )
    text = sign_in(cast.stakeholder).get(workshop.get_absolute_url()).content.decode()
    assert "Grund: Kein Bezug zum Thema." in text
    assert "Teilnahme anfragen" not in text
    assert "Platz freigeben" not in text
    assert "Meine Anmeldung ansehen" not in text
    outsider = sign_in(cast.outsider).get(workshop.get_absolute_url()).content.decode()
    assert "Kein Bezug zum Thema." not in outsider
    assert "Teilnahme anfragen" in outsider


def test_whoever_gave_up_the_place_may_come_back(cast: Cast, sign_in: SignIn) -> None:
    registration = RegistrationFactory.create(person=cast.stakeholder, state=State.CANCELLED)
    text = sign_in(cast.stakeholder).get(registration.workshop.get_absolute_url()).content.decode()
    assert f"{registration.workshop.get_absolute_url()}anmelden/" in text
