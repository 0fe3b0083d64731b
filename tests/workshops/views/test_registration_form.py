"""What the form asks, and what it says before the button."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.mandates import MandateFactory
from tests.factories.workshops import (
    InvitationFactory,
    QuestionFactory,
    RegistrationFactory,
    SessionFactory,
    WorkshopFactory,
)
from workshops.models import Answer, Question, Registration, Workshop

SignIn = Callable[[Stakeholder], Client]
State = Registration.State
pytestmark = pytest.mark.django_db


def address(workshop: Workshop) -> str:
    return reverse("workshops:registration_create", args=[workshop.slug])


@pytest.fixture
def client_in(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.stakeholder)


def text_of(client: Client, workshop: Workshop) -> str:
    return client.get(address(workshop)).content.decode()


def test_a_plain_event_asks_nothing(client_in: Client) -> None:
    text = text_of(client_in, WorkshopFactory.create())
    for name in ("kind", "companions", "mandate", "sessions"):
        assert f'name="{name}"' not in text
    assert "questions.js" not in text


def test_hybrid_asks_for_the_kind_and_tells_what_is_left_of_each(client_in: Client) -> None:
    workshop = WorkshopFactory.create(mode="hybrid", capacity=3, online_capacity=1)
    RegistrationFactory.create(workshop=workshop, arrival=1, kind="online")
    RegistrationFactory.create(workshop=workshop, arrival=2, kind="online", state=State.WAITING)
    text = text_of(client_in, workshop)
    assert "vor Ort (noch 3 Plätze frei)" in text
    assert "online (ausgebucht, Warteliste)" in text
    assert "voraussichtlich an Stelle 2" in text
    response = client_in.post(address(workshop), {"kind": "online"}, follow=True)
    assert "Sie stehen auf der Warteliste" in response.content.decode()
    row = Registration.objects.get(arrival=3)
    assert (row.kind, row.state) == ("online", State.WAITING)


@pytest.mark.parametrize("kind", ["", "mond"])
def test_hybrid_without_a_valid_kind_is_asked_again(kind: str, client_in: Client) -> None:
    response = client_in.post(address(WorkshopFactory.create(mode="hybrid")), {"kind": kind})
    assert response.status_code == 422
    assert not Registration.objects.exists()


def test_companions_come_along_or_wait_together(client_in: Client, cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=2, companions=2)
    assert "kommen Sie zusammen auf die Warteliste" in text_of(client_in, workshop)
    client_in.post(address(workshop), {"companions": "2"})
    row = Registration.objects.get(person=cast.stakeholder)
    assert (row.companions, row.state) == (2, State.WAITING)


@pytest.mark.parametrize("companions", ["3", "-1", "1,5", "viele", "99999999999999999999"])
def test_companions_that_cannot_be_are_refused_at_the_field(companions: str, client_in: Client) -> None:
    workshop = WorkshopFactory.create(companions=2)
    response = client_in.post(address(workshop), {"companions": companions})
    assert response.status_code == 422
    text = response.content.decode()
    assert 'id="id_companions_error"' in text
    assert f'value="{companions}"' in text
    assert not Registration.objects.exists()


def test_a_mandate_is_offered_and_noted(client_in: Client, cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.stakeholder)
    workshop = WorkshopFactory.create()
    assert f">{mandate.organisation}</label>" in text_of(client_in, workshop)
    client_in.post(address(workshop), {"mandate": str(mandate.pk)})
    row = Registration.objects.get()
    assert (row.mandate, row.organisation) == (mandate, mandate.organisation)


def test_the_mandate_of_somebody_else_is_refused(client_in: Client, cast: Cast) -> None:
    mandate = MandateFactory.create(person=cast.outsider)
    response = client_in.post(address(WorkshopFactory.create()), {"mandate": str(mandate.pk)})
    assert response.status_code == 422
    assert "Dieses Mandat gilt nicht mehr" in response.content.decode()


def test_a_full_organisation_is_told_in_the_form(client_in: Client, cast: Cast) -> None:
    workshop = WorkshopFactory.create(organisation_quota=1)
    RegistrationFactory.create(workshop=workshop, organisation=cast.stakeholder.organisation, arrival=1)
    response = client_in.post(address(workshop))
    assert response.status_code == 422
    assert "kann höchstens 1 Person teilnehmen" in response.content.decode()


def test_another_event_at_the_same_time_is_named_and_no_hindrance(client_in: Client, cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    half = timedelta(hours=1)
    other = WorkshopFactory.create(title="Regionaldialog Görlitz", starts_at=workshop.starts_at + half)
    before = WorkshopFactory.create(
        title="Endet gerade", starts_at=workshop.starts_at - half, ends_at=workshop.starts_at
    )
    gone = WorkshopFactory.create(title="Längst freigegeben", starts_at=workshop.starts_at)
    RegistrationFactory.create(workshop=other, person=cast.stakeholder, state=State.WAITING)
    RegistrationFactory.create(workshop=before, person=cast.stakeholder)
    RegistrationFactory.create(workshop=gone, person=cast.stakeholder, state=State.CANCELLED)
    text = text_of(client_in, workshop)
    assert "Zur selben Zeit sind Sie schon angemeldet" in text
    assert f"Regionaldialog Görlitz, {other.period}" in text
    assert "Endet gerade" not in text
    assert "Längst freigegeben" not in text
    client_in.post(address(workshop))
    assert Registration.objects.get(workshop=workshop).state == State.CONFIRMED


def test_where_the_office_decides_the_button_sends_a_request(client_in: Client, cast: Cast) -> None:
    workshop = WorkshopFactory.create(needs_approval=True)
    text = text_of(client_in, workshop)
    assert "Anfrage abschicken" in text
    assert "Das Projektbüro entscheidet" in text
    response = client_in.post(address(workshop), follow=True)
    assert "Ihre Anfrage ist eingegangen" in response.content.decode()
    assert "Ihre Anfrage liegt dem Projektbüro vor" in response.content.decode()
    assert "Anfrage zurückziehen" in response.content.decode()
    assert Registration.objects.get().state == State.REQUESTED


def test_who_is_invited_sees_the_places_kept_for_them(client_in: Client, cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=2, reserved=2, needs_approval=True)
    InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    assert "Sie bekommen einen Platz" in text_of(client_in, workshop)
    client_in.post(address(workshop))
    assert Registration.objects.get().state == State.CONFIRMED


def test_answers_are_kept_and_the_time_they_are_kept_is_told(client_in: Client) -> None:
    food = QuestionFactory.create(text="Was essen Sie?", purpose="catering", kind="choice", choices="alles\nvegan")
    count = QuestionFactory.create(workshop=food.workshop, text="Wie viele Jahre?", kind="number", required=True)
    text = text_of(client_in, food.workshop)
    assert "14 Tage nach der Veranstaltung" in text
    assert "180 Tage danach" in text
    assert "questions.js" in text
    client_in.post(address(food.workshop), {f"question_{food.pk}": "vegan", f"question_{count.pk}": "2,5"})
    assert dict(Answer.objects.values_list("question", "value")) == {food.pk: "vegan", count.pk: "2,5"}


def test_what_cannot_be_answered_so_is_said_at_each_field_and_nothing_typed_is_lost(client_in: Client) -> None:
    workshop = WorkshopFactory.create(companions=2)
    must = QuestionFactory.create(workshop=workshop, required=True)
    number = QuestionFactory.create(workshop=workshop, kind="number")
    choice = QuestionFactory.create(workshop=workshop, kind="choice", choices="ja\nnein")
    data = {f"question_{number.pk}": "drei", f"question_{choice.pk}": "vielleicht", "companions": "2"}
    response = client_in.post(address(workshop), data)
    text = response.content.decode()
    assert response.status_code == 422
    for question in (must, number, choice):
        assert f'id="id_question_{question.pk}_error"' in text
    assert 'value="drei"' in text
    assert 'value="2"' in text
    assert not Registration.objects.exists()


def test_a_question_with_a_condition_stands_there_with_its_condition(client_in: Client) -> None:
    parent = QuestionFactory.create(text="Reisen Sie an?", kind="choice", choices="ja\nnein")
    QuestionFactory.create(
        workshop=parent.workshop,
        text="Womit?",
        required=True,
        shown_if=parent,
        shown_value="ja",
        kind=Question.Kind.TEXT,
    )
    text = text_of(client_in, parent.workshop)
    assert "Nur wenn Sie auf „Reisen Sie an?“ mit „ja“ antworten" in text
    assert f'data-shown-if="question_{parent.pk}"' in text
    assert client_in.post(address(parent.workshop), {f"question_{parent.pk}": "ja"}).status_code == 422
    assert client_in.post(address(parent.workshop), {f"question_{parent.pk}": "nein"}).status_code == 302


def test_sessions_are_chosen_with_the_place(client_in: Client) -> None:
    session = SessionFactory.create(own_registration=True, capacity=3)
    SessionFactory.create(workshop=session.workshop, title="Mittagspause")
    text = text_of(client_in, session.workshop)
    assert "noch 3 Plätze frei" in text
    assert "Mittagspause" not in text
    client_in.post(address(session.workshop), {"sessions": [str(session.pk)]})
    assert session.places.get().registration == Registration.objects.get()


@pytest.mark.parametrize("number", ["999999", "abc", "99999999999999999999999"])
def test_a_session_that_is_not_there_is_refused(number: str, client_in: Client) -> None:
    session = SessionFactory.create(own_registration=True)
    response = client_in.post(address(session.workshop), {"sessions": [number]})
    assert response.status_code == 422
    assert "gibt es nicht mehr" in response.content.decode()
    assert not Registration.objects.exists()


def test_a_full_event_offers_no_sessions_yet(client_in: Client) -> None:
    session = SessionFactory.create(own_registration=True, workshop__capacity=0)
    assert 'name="sessions"' not in text_of(client_in, session.workshop)


def test_who_comes_to_wait_chooses_sessions_later(client_in: Client) -> None:
    session = SessionFactory.create(own_registration=True, workshop__capacity=1, workshop__companions=1)
    data = {"sessions": [str(session.pk)], "companions": "1"}
    response = client_in.post(address(session.workshop), data, follow=True)
    assert "Programmpunkte wählen Sie, sobald Sie einen Platz haben." in response.content.decode()
    assert not session.places.exists()


def test_the_form_costs_the_same_at_any_length(
    client_in: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    small, large = WorkshopFactory.create_batch(2, mode="hybrid")
    for workshop, size in ((small, 1), (large, 12)):
        QuestionFactory.create_batch(size, workshop=workshop)
        SessionFactory.create_batch(size, workshop=workshop, own_registration=True, capacity=5)
    client_in.get(address(small))
    for workshop in (small, large):
        with django_assert_num_queries(14):
            client_in.get(address(workshop))


def test_outsider_registers_nobody_but_themselves(cast: Cast, sign_in: SignIn) -> None:
    workshop = WorkshopFactory.create()
    sign_in(cast.outsider).post(address(workshop), {"person": str(cast.stakeholder.pk)})
    assert Registration.objects.get().person == cast.outsider
