"""What the personal link lets one change, confirm and see, without signing in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.mandates import MandateFactory
from tests.factories.workshops import QuestionFactory, RegistrationFactory, SessionFactory, WorkshopFactory
from workshops.models import Answer, Registration, SessionPlace, Workshop
from workshops.tokens import token_for
from workshops.views.registration import change_address

SignIn = Callable[[Stakeholder], Client]
State = Registration.State
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def page(registration: Registration) -> str:
    return reverse("workshops:registration_manage", args=[token_for(registration)])


def form(registration: Registration) -> str:
    return reverse("workshops:registration_change", args=[token_for(registration)])


def hybrid(**fields: Any) -> Workshop:
    workshop: Workshop = WorkshopFactory.create(mode="hybrid", companions=2, **fields)
    return workshop


def test_change_shows_what_stands_and_saves_what_is_new(client: Client) -> None:
    registration = RegistrationFactory.create(workshop=hybrid(), companions=1)
    question = QuestionFactory.create(workshop=registration.workshop)
    Answer.objects.create(question=question, registration=registration, value="bisher so")
    text = client.get(form(registration)).content.decode()
    assert "vor Ort (wie bisher)" in text
    assert "bisher so" in text
    data = {"kind": "online", "companions": "0", f"question_{question.pk}": "jetzt so"}
    response = client.post(form(registration), data, follow=True)
    assert response.redirect_chain == [(page(registration), 302)]
    assert "Ihre Änderungen sind gespeichert." in response.content.decode()
    registration.refresh_from_db()
    assert (registration.kind, registration.companions, registration.state) == ("online", 0, State.CONFIRMED)
    assert Answer.objects.get().value == "jetzt so"


def test_change_without_room_is_refused_at_the_field_and_keeps_the_place(client: Client) -> None:
    registration = RegistrationFactory.create(workshop=hybrid(online_capacity=0, capacity=1))
    response = client.post(form(registration), {"kind": "online", "companions": "0"})
    assert response.status_code == 422
    assert "Dort ist kein Platz frei (online). Ihr bisheriger Platz bleibt." in response.content.decode()
    response = client.post(form(registration), {"kind": "on_site", "companions": "2"})
    assert "Für so viele Begleitpersonen ist kein Platz frei." in response.content.decode()
    registration.refresh_from_db()
    assert (registration.kind, registration.companions) == ("on_site", 0)


def test_another_event_at_the_same_time_is_not_named_to_who_only_has_the_link(client: Client) -> None:
    registration = RegistrationFactory.create(workshop=hybrid())
    RegistrationFactory.create(
        person=registration.person,
        workshop__title="Anderes Treffen",
        workshop__starts_at=registration.workshop.starts_at,
    )
    text = client.get(form(registration)).content.decode()
    assert "Zur selben Zeit sind Sie schon angemeldet" in text
    assert "Anderes Treffen" not in text


def test_who_waits_is_told_what_changing_the_kind_means(client: Client) -> None:
    registration = RegistrationFactory.create(workshop=hybrid(), state=State.WAITING)
    assert "reihen Sie sich dort neu ein" in client.get(form(registration)).content.decode()


def test_mandate_that_ended_may_stay_but_cannot_be_chosen_anew(client: Client) -> None:
    mandate = MandateFactory.create()
    registration = RegistrationFactory.create(
        workshop=hybrid(), person=mandate.person, mandate=mandate, organisation=mandate.organisation
    )
    type(mandate).objects.update(state="ended")
    data = {"kind": "on_site", "companions": "1", "mandate": str(mandate.pk)}
    assert client.post(form(registration), data).status_code == 302
    registration.refresh_from_db()
    assert (registration.mandate, registration.companions) == (mandate, 1)
    client.post(form(registration), data | {"mandate": ""})
    response = client.post(form(registration), data)
    assert response.status_code == 422
    assert "Dieses Mandat gilt nicht mehr" in response.content.decode()


def test_after_the_deadline_only_the_programme_can_be_changed(client: Client) -> None:
    registration = RegistrationFactory.create(workshop=hybrid(registration_closes_at=timezone.now() - HOUR))
    assert client.get(form(registration)).status_code == 302
    session = SessionFactory.create(workshop=registration.workshop, own_registration=True)
    text = client.get(form(registration)).content.decode()
    assert "Programmpunkte können Sie noch wählen" in text
    assert 'name="kind"' not in text
    client.post(form(registration), {"kind": "online", "sessions": [str(session.pk)]})
    registration.refresh_from_db()
    assert registration.kind == "on_site"
    assert SessionPlace.objects.get().session == session


def test_sessions_at_the_same_time_are_refused_in_the_form(client: Client) -> None:
    registration = RegistrationFactory.create()
    rows = SessionFactory.create_batch(2, workshop=registration.workshop, own_registration=True)
    response = client.post(form(registration), {"sessions": [str(row.pk) for row in rows]})
    assert response.status_code == 422
    assert "finden gleichzeitig statt" in response.content.decode()
    assert not SessionPlace.objects.exists()


def test_a_full_session_cannot_be_ticked_but_ones_own_can_be_given_back(client: Client) -> None:
    session = SessionFactory.create(own_registration=True, capacity=1)
    mine, other = RegistrationFactory.create_batch(2, workshop=session.workshop)
    client.post(form(mine), {"sessions": [str(session.pk)]})
    assert "disabled" in client.get(form(other)).content.decode().partition("<main")[2]
    assert "disabled" not in client.get(form(mine)).content.decode().partition("<main")[2]
    assert client.post(form(other), {"sessions": [str(session.pk)]}).status_code == 422
    client.post(form(mine), {})
    assert not SessionPlace.objects.exists()


@pytest.mark.parametrize("state", [State.CANCELLED, State.REFUSED])
def test_what_has_ended_is_not_changed(state: str, client: Client) -> None:
    registration = RegistrationFactory.create(workshop=hybrid(), state=state)
    for method in ("get", "post"):
        response = getattr(client, method)(form(registration), {"kind": "online"}, follow=True)
        assert "Hier können Sie nichts mehr ändern" in response.content.decode()
    registration.refresh_from_db()
    assert registration.kind == "on_site"


def test_a_plain_event_has_nothing_to_change(client: Client) -> None:
    registration = RegistrationFactory.create()
    assert "Anmeldung ändern" not in client.get(page(registration)).content.decode()
    assert client.get(form(registration)).status_code == 302
    assert change_address(registration) == ""


def test_questions_left_open_are_named_until_they_are_answered(client: Client) -> None:
    question = QuestionFactory.create(required=True)
    registration = RegistrationFactory.create(workshop=question.workshop)
    assert change_address(registration) == form(registration)
    assert "noch Fragen zu Ihrer Anmeldung" in client.get(page(registration)).content.decode()
    client.post(form(registration), {f"question_{question.pk}": "ja"})
    assert "noch Fragen zu Ihrer Anmeldung" not in client.get(page(registration)).content.decode()


def test_an_offered_place_is_confirmed_by_its_button_only(client: Client) -> None:
    until = timezone.now() + HOUR
    registration = RegistrationFactory.create(state=State.OFFERED, confirm_by=until)
    text = client.get(page(registration)).content.decode()
    assert "Bitte bestätigen Sie ihn bis" in text
    assert 'value="confirm"' in text
    registration.refresh_from_db()
    assert registration.state == State.OFFERED
    response = client.post(page(registration), {"action": "confirm"}, follow=True)
    assert "Sie sind angemeldet." in response.content.decode()
    registration.refresh_from_db()
    assert registration.state == State.CONFIRMED


def test_an_offer_that_lapsed_says_so_and_lets_one_come_back(client: Client) -> None:
    until = timezone.now() - HOUR
    registration = RegistrationFactory.create(state=State.OFFERED, confirm_by=until)
    response = client.post(page(registration), {"action": "confirm"}, follow=True)
    assert "ist abgelaufen" in response.content.decode()
    Registration.objects.update(state=State.CANCELLED)
    text = client.get(page(registration)).content.decode()
    assert "nicht rechtzeitig bestätigt" in text
    assert "Erneut anmelden" in text


def test_coming_back_asks_for_the_same_as_before(client: Client) -> None:
    registration = RegistrationFactory.create(
        workshop=hybrid(), kind="online", companions=2, state=State.CANCELLED, arrival=1
    )
    client.post(page(registration), {"action": "register"})
    registration.refresh_from_db()
    assert (registration.state, registration.kind, registration.companions) == (State.CONFIRMED, "online", 2)


def test_a_request_and_its_refusal_are_told(client: Client) -> None:
    registration = RegistrationFactory.create(state=State.REQUESTED)
    text = client.get(page(registration)).content.decode()
    assert "liegt dem Projektbüro vor" in text
    assert "Anfrage zurückziehen" in text
    Registration.objects.update(state=State.REFUSED, refusal_reason="Kein Bezug zum Thema.")
    text = client.get(page(registration)).content.decode()
    assert "Grund: Kein Bezug zum Thema." in text
    assert "Erneut anmelden" not in text


def test_while_an_event_is_postponed_the_place_stays_and_can_be_freed(client: Client) -> None:
    registration = RegistrationFactory.create(workshop=hybrid(state=Workshop.State.POSTPONED))
    text = client.get(page(registration)).content.decode()
    assert "Diese Veranstaltung ist verschoben." in text
    assert "auch am neuen Termin" in text
    assert "Anmeldung ändern" not in text
    client.post(page(registration), {"action": "cancel"})
    registration.refresh_from_db()
    assert registration.state == State.CANCELLED


def test_the_page_of_the_event_leads_to_ones_own_registration(cast: Cast, sign_in: SignIn) -> None:
    registration = RegistrationFactory.create(person=cast.stakeholder)
    address = registration.workshop.get_absolute_url()
    assert page(registration) in sign_in(cast.stakeholder).get(address).content.decode()
    assert page(registration) not in sign_in(cast.outsider).get(address).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_outsider_with_a_tampered_link_changes_nothing(method: str, cast: Cast, sign_in: SignIn) -> None:
    registration = RegistrationFactory.create(workshop=hybrid(), person=cast.stakeholder)
    address = f"/anmeldung/{token_for(registration)[:-1]}-/aendern/"
    response = getattr(sign_in(cast.outsider), method)(address, {"kind": "online"})
    assert response.status_code == 404
    registration.refresh_from_db()
    assert registration.kind == "on_site"
