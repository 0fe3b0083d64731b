from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders.models import OutgoingMail
from tests.cast import Cast
from tests.factories.workshops import RegistrationFactory, WorkshopFactory
from tests.workshops.post import kinds, last_mail, personal_path
from workshops.domain.registration import register
from workshops.models import Registration, Workshop
from workshops.tokens import token_for

pytestmark = pytest.mark.django_db
State = Registration.State


def create_address(workshop: Workshop) -> str:
    return reverse("workshops:registration_create", args=[workshop.slug])


def test_create_asks_first_and_registers_on_the_button(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create()
    client.force_login(cast.stakeholder)
    text = client.get(create_address(workshop)).content.decode()
    assert "Verbindlich anmelden" in text
    assert cast.stakeholder.mail_address in text
    assert not Registration.objects.exists()
    response = client.post(create_address(workshop), follow=True)
    assert response.redirect_chain == [(workshop.get_absolute_url(), 302)]
    assert "Sie sind angemeldet. Die Bestätigung kommt per E-Mail." in response.content.decode()
    assert Registration.objects.get().person == cast.stakeholder


def test_create_twice_is_harmless(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create()
    client.force_login(cast.stakeholder)
    for _ in range(2):
        assert client.post(create_address(workshop)).status_code == 302
    assert client.get(create_address(workshop)).status_code == 302
    assert Registration.objects.count() == 1
    assert kinds(cast.stakeholder) == ["registration_confirmed"]


def test_create_at_a_full_event_announces_and_gives_the_waiting_list(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create(capacity=0)
    client.force_login(cast.stakeholder)
    assert "Auf die Warteliste setzen" in client.get(create_address(workshop)).content.decode()
    assert "Sie stehen auf der Warteliste" in client.post(create_address(workshop), follow=True).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"open_registration": False}, "lädt das Projektbüro ein"),
        ({"registration_closes_at": timezone.now() - timedelta(hours=1)}, "Die Anmeldung ist geschlossen"),
        ({"starts_at": timezone.now() - timedelta(days=3)}, "hat schon begonnen"),
        ({"state": Workshop.State.CANCELLED}, "ist abgesagt"),
    ],
)
def test_create_refuses_with_a_sentence(
    method: str, fields: dict[str, object], sentence: str, cast: Cast, client: Client
) -> None:
    workshop = WorkshopFactory.create(**fields)
    client.force_login(cast.stakeholder)
    response = getattr(client, method)(create_address(workshop), follow=True)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Registration.objects.exists()


def test_create_of_unknown_or_draft_events_is_not_found(cast: Cast, client: Client) -> None:
    client.force_login(cast.stakeholder)
    draft = WorkshopFactory.create(state=Workshop.State.DRAFT)
    assert client.post(create_address(draft)).status_code == 404
    assert client.post("/veranstaltungen/gibt-es-nicht/anmelden/").status_code == 404


def test_create_leads_a_guest_to_sign_in_and_an_unfinished_profile_to_be_finished(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create()
    response = client.post(create_address(workshop))
    assert response["Location"] == f"{reverse('account_login')}?next={create_address(workshop)}"
    cast.outsider.group = None
    cast.outsider.save()
    client.force_login(cast.outsider)
    assert client.post(create_address(workshop))["Location"].startswith(reverse("stakeholders:profile"))
    assert not Registration.objects.exists()


def test_link_of_the_mail_shows_the_state_and_frees_the_place_without_login(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    for person in (cast.stakeholder, cast.colleague):
        register(workshop=workshop, person=person, actor=person)
    address = personal_path(last_mail(cast.stakeholder))
    text = client.get(address).content.decode()
    assert "Sie haben einen Platz." in text
    assert "Platz freigeben" in text
    assert Registration.objects.confirmed().get().person == cast.stakeholder
    response = client.post(address, {"action": "cancel"}, follow=True)
    assert "Sie sind abgemeldet. Ihr Platz ist freigegeben." in response.content.decode()
    assert Registration.objects.confirmed().get().person == cast.colleague
    client.post(address, {"action": "cancel"})
    assert kinds(cast.stakeholder).count("registration_cancelled") == 1


def test_link_lets_one_come_back_at_the_end_of_the_line(cast: Cast, client: Client) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    for person in (cast.stakeholder, cast.colleague, cast.outsider):
        register(workshop=workshop, person=person, actor=person)
    address = personal_path(last_mail(cast.stakeholder))
    client.post(address, {"action": "cancel"})
    assert "Erneut anmelden" in client.get(address).content.decode()
    client.post(address, {"action": "register"})
    assert "Sie stehen auf Platz 2 der Warteliste." in client.get(address).content.decode()


def test_link_without_or_with_an_unknown_button_changes_nothing(cast: Cast, client: Client) -> None:
    registration = RegistrationFactory.create()
    address = reverse("workshops:registration_manage", args=[token_for(registration)])
    for data in ({}, {"action": "loeschen"}, {"action": "\x00"}):
        assert client.post(address, data).status_code == 302
    registration.refresh_from_db()
    assert registration.state == State.CONFIRMED
    assert client.put(address).status_code == 405


def test_link_after_the_start_has_no_button_and_refuses(cast: Cast, client: Client) -> None:
    registration = RegistrationFactory.create(workshop__starts_at=timezone.now() - timedelta(minutes=5))
    address = reverse("workshops:registration_manage", args=[token_for(registration)])
    assert '<form class="actions"' not in client.get(address).content.decode()
    response = client.post(address, {"action": "cancel"}, follow=True)
    assert "kann nicht mehr frei werden" in response.content.decode()


def test_link_is_not_kept_by_browsers_or_search_engines(client: Client) -> None:
    response = client.get(reverse("workshops:registration_manage", args=[token_for(RegistrationFactory.create())]))
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_tampered_link_explains_itself_and_does_nothing(method: str, client: Client) -> None:
    registration = RegistrationFactory.create()
    address = reverse("workshops:registration_manage", args=[token_for(registration)[:-1] + "-"])
    response = getattr(client, method)(address, {"action": "cancel"})
    assert response.status_code == 404
    assert "Dieser Link gilt nicht" in response.content.decode()
    assert Registration.objects.get().state == State.CONFIRMED


def test_outsider_cannot_guess_the_link_of_somebody_else(cast: Cast, client: Client) -> None:
    registration = RegistrationFactory.create(person=cast.stakeholder)
    client.force_login(cast.outsider)
    for token in (str(registration.pk), f"{registration.pk}.", f"{registration.pk}.{'A' * 43}"):
        assert client.post(f"/anmeldung/{token}/", {"action": "cancel"}).status_code == 404
    assert Registration.objects.get().state == State.CONFIRMED
    assert not OutgoingMail.objects.exists()
