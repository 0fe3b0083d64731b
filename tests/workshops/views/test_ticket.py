import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from publishing import qr_code
from stakeholders.domain.mime import as_mime
from tests.cast import Cast
from tests.factories.workshops import RegistrationFactory, SessionFactory, WorkshopFactory
from tests.workshops.post import last_mail, personal_path
from workshops.domain.registration import cancel, register
from workshops.models import Registration, SessionPlace, Workshop
from workshops.tokens import token_for

pytestmark = pytest.mark.django_db


def address(registration: Registration) -> str:
    return reverse("workshops:registration_ticket", args=[token_for(registration)])


def test_ticket_shows_the_code_of_the_door_and_what_is_booked(client: Client) -> None:
    workshop = WorkshopFactory.create(place="Beispielhalle", room="Saal 2", companions=2)
    registration = RegistrationFactory.create(workshop=workshop, companions=2)
    session = SessionFactory.create(workshop=workshop, title="Wasserstoff", own_registration=True)
    SessionPlace.objects.create(session=session, registration=registration)
    response = client.get(address(registration))
    text = response.content.decode()
    code = f"{settings.SITE_URL}{reverse('workshops:check_in', args=[token_for(registration)])}"
    assert qr_code.svg(code, "QR-Code der Eintrittskarte") in text
    for words in (registration.person.get_full_name(), "Beispielhalle, Saal 2", "2 Begleitpersonen", "Wasserstoff"):
        assert words in text
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in text


@pytest.mark.parametrize("state", ["waiting", "requested", "offered", "refused", "cancelled"])
def test_ticket_is_only_there_while_a_place_is_confirmed(state: str, client: Client) -> None:
    registration = RegistrationFactory.create(state=state)
    response = client.get(address(registration), follow=True)
    assert response.redirect_chain[0][0] == reverse("workshops:registration_manage", args=[token_for(registration)])
    assert "solange Sie einen bestätigten Platz haben" in response.content.decode()
    assert "<svg" not in response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_ticket_ends_with_the_event_and_outlives_a_delay(client: Client) -> None:
    registration = RegistrationFactory.create()
    for state, status in ((Workshop.State.CANCELLED, 302), (Workshop.State.POSTPONED, 200)):
        Workshop.objects.update(state=state)
        assert client.get(address(registration)).status_code == status


def test_ticket_changes_nothing_and_takes_no_post(client: Client) -> None:
    registration = RegistrationFactory.create()
    client.get(address(registration))
    assert client.post(address(registration)).status_code == 405
    assert Registration.objects.get().attended_at is None


def test_confirmation_carries_ticket_code_entry_and_the_way_out(cast: Cast) -> None:
    workshop = WorkshopFactory.create(mode="hybrid", place="Beispielhalle", title="Werkstatt Görlitz")
    registration = register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    mail = last_mail(cast.stakeholder)
    code = f"{settings.SITE_URL}/veranstaltungen/einlass/{token_for(registration)}/"
    assert personal_path(mail) == f"/anmeldung/{token_for(registration)}/"
    for words in ("Werkstatt Görlitz", workshop.period, "Beispielhalle", code, "Ihre Teilnahme: vor Ort"):
        assert words in mail.text
    assert f"{settings.SITE_URL}{address(registration)}" in mail.text
    assert "geben Sie Ihren Platz bitte über den Link frei" in mail.text
    parts = {part.get_content_type(): part for part in as_mime(mail).walk()}
    assert parts["image/png"].get_content() == qr_code.png(code)
    shown = re.search(r'<img src="cid:(\w+)"[^>]* alt="[^"]+"', mail.html)
    assert shown
    assert parts["image/png"]["Content-ID"] == f"<{shown[1]}>"
    assert "text/calendar" in parts


def test_who_moves_up_gets_the_ticket_and_who_waits_does_not(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    held = register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    register(workshop=workshop, person=cast.colleague, actor=cast.colleague)
    assert "cid:" not in last_mail(cast.colleague).html
    cancel(registration=held, actor=cast.stakeholder)
    mail = last_mail(cast.colleague)
    assert "/ticket/" in mail.text
    assert mail.attachments[0]["cid"] in mail.html
    assert "/ticket/" not in last_mail(cast.stakeholder).text


def test_outsider_cannot_guess_a_ticket(cast: Cast, client: Client) -> None:
    registration = RegistrationFactory.create(person=cast.stakeholder)
    client.force_login(cast.outsider)
    for token in (str(registration.pk), f"{registration.pk}.{'A' * 43}", token_for(registration)[:-1] + "-"):
        response = client.get(f"/anmeldung/{token}/ticket/")
        assert response.status_code == 404
        assert cast.stakeholder.get_full_name() not in response.content.decode()
