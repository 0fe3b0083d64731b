from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.workshops import RegistrationFactory
from workshops.models import Registration
from workshops.tokens import token_for

SignIn = Callable[[Stakeholder], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket() -> Registration:
    start = timezone.now() + timedelta(minutes=30)
    row: Registration = RegistrationFactory.create(workshop__starts_at=start, person__first_name="Hanna", companions=2)
    return row


def door(row: Registration) -> str:
    return f"/veranstaltungen/einlass/{token_for(row)}/"


def test_the_ticket_shows_the_person_and_only_the_button_notes_it(
    ticket: Registration, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.project_office)
    page = client.get(door(ticket)).content.decode()
    assert "Hanna" in page
    assert "Als anwesend vermerken</button>" in page
    assert not Registration.objects.filter(attended_at__isnull=False).exists()
    after = client.post(door(ticket), follow=True).content.decode()
    assert "ist da." in after
    assert "Als anwesend vermerkt:" in after
    assert "Als anwesend vermerken</button>" not in after


def test_a_ticket_without_place_says_why(ticket: Registration, cast: Cast, sign_in: SignIn) -> None:
    Registration.objects.update(state="waiting")
    client = sign_in(cast.project_office)
    assert "hat keinen Platz" in client.get(door(ticket)).content.decode()
    assert "hat keinen Platz" in client.post(door(ticket), follow=True).content.decode()


def test_a_tampered_ticket_is_told_apart(ticket: Registration, cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.project_office).get(door(ticket).replace(".", ".x"))
    assert response.status_code == 404
    assert "Diese Karte gilt nicht" in response.content.decode()


def test_outsiders_find_no_door(ticket: Registration, cast: Cast, client: Client, sign_in: SignIn) -> None:
    assert client.post(door(ticket)).status_code == 302
    for person in (cast.ministry, cast.outsider, ticket.person):
        assert sign_in(person).post(door(ticket)).status_code == 404
    assert not Registration.objects.filter(attended_at__isnull=False).exists()
