"""What the page of an event says to somebody who has asked to take part."""

from collections.abc import Callable

import pytest
from django.test import Client

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.workshops import RegistrationFactory, WorkshopFactory
from workshops.models import Registration, Workshop

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


def test_whoever_is_not_admitted_finds_no_form_and_is_led_to_the_reason(cast: Cast, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create(needs_approval=True)
    refused = RegistrationFactory.create(workshop=workshop, person=cast.stakeholder, state=State.REFUSED)
    client, address = sign_in(cast.stakeholder), f"{workshop.get_absolute_url()}anmelden/"
    for answer in (client.get(address), client.post(address)):
        assert (answer.status_code, answer["Location"]) == (302, workshop.get_absolute_url())
    refused.refresh_from_db()
    assert refused.state == State.REFUSED
    assert sign_in(cast.outsider).get(address).status_code == 200


def test_whoever_gave_up_the_place_may_come_back(cast: Cast, sign_in: SignIn) -> None:
    registration = RegistrationFactory.create(person=cast.stakeholder, state=State.CANCELLED)
    text = sign_in(cast.stakeholder).get(registration.workshop.get_absolute_url()).content.decode()
    assert f"{registration.workshop.get_absolute_url()}anmelden/" in text


def test_while_an_event_is_postponed_nobody_moves_up_at_once(cast: Cast, sign_in: SignIn) -> None:
    """A place that is given up then waits for the new date."""
    registration = RegistrationFactory.create(person=cast.stakeholder)
    address = registration.workshop.get_absolute_url()
    assert "Ein freier Platz geht sofort an die Warteliste." in sign_in(cast.stakeholder).get(address).content.decode()
    Workshop.objects.update(state=Workshop.State.POSTPONED)
    text = sign_in(cast.stakeholder).get(address).content.decode()
    assert "Platz freigeben" in text
    assert "sofort an die Warteliste" not in text


def test_no_days_are_counted_to_an_event_that_is_called_off(client: Client) -> None:
    workshop = WorkshopFactory.create()
    assert f"(noch {workshop.days_left} Tage)" in client.get(workshop.get_absolute_url()).content.decode()
    Workshop.objects.update(state=Workshop.State.CANCELLED)
    text = client.get(workshop.get_absolute_url()).content.decode()
    assert "Diese Veranstaltung ist abgesagt." in text
    assert "(noch" not in text
