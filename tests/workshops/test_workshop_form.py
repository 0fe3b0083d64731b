"""The form of an event at the desk, with programme, questions and reminders below it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.theses import ThesisFactory
from tests.factories.workshops import (
    QuestionFactory,
    RegistrationFactory,
    ReminderFactory,
    SessionFactory,
    WorkshopFactory,
)
from tests.workshops.post import kinds
from tests.workshops.test_admin import NO_ROWS
from workshops.domain.registration import register
from workshops.models import Answer, Question, Registration, Reminder, Series, Session, SessionPlace, Workshop

pytestmark = pytest.mark.django_db
FORM = "%Y-%m-%dT%H:%M"


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    client.force_login(cast.project_office)
    return client


@pytest.fixture
def workshop() -> Workshop:
    """From 10:00 to 13:00 in twenty days."""
    day = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=20)
    row: Workshop = WorkshopFactory.create(starts_at=day, ends_at=day + timedelta(hours=3))
    return row


def at(workshop: Workshop, hours: float) -> str:
    """So many hours after the start, as the browser sends it."""
    return timezone.localtime(workshop.starts_at + timedelta(hours=hours)).strftime(FORM)


def values(workshop: Workshop, **fields: Any) -> dict[str, Any]:
    return {
        "title": workshop.title,
        "slug": workshop.slug,
        "format": workshop.format,
        "summary": workshop.summary,
        "starts_at": at(workshop, 0),
        "ends_at": at(workshop, 3),
        "mode": workshop.mode,
        "place": workshop.place,
        "capacity": workshop.capacity or "",
        "reserved": workshop.reserved,
        "companions": workshop.companions,
        "open_registration": "on",
        **NO_ROWS,
        **fields,
    }


def change(office: Client, workshop: Workshop, **fields: Any) -> str:
    """What the desk reads after saving."""
    address = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    response = office.post(address, values(workshop, **fields), follow=True)
    assert response.status_code == 200
    return response.content.decode()


def row(name: str, workshop: Workshop, number: int = 0, existing: Any = None, **fields: Any) -> dict[str, Any]:
    """One row of an inline, as the browser sends it."""
    stem = f"{name}-{number}-"
    sent = {f"{stem}{field}": value for field, value in fields.items()}
    initial = int(existing is not None)
    return {
        f"{name}-TOTAL_FORMS": "1",
        f"{name}-INITIAL_FORMS": str(initial),
        f"{stem}id": existing.pk if existing else "",
        f"{stem}workshop": workshop.pk,
        **sent,
    }


@pytest.mark.parametrize(
    ("hours", "field", "sentence"),
    [
        (-1, "ends_at", "Das Ende darf nicht vor dem Beginn liegen."),
        (1, "registration_closes_at", "Die Anmeldung endet spätestens mit dem Beginn."),
        (1, "moves_up_until", "Nachrücken kann man nur bis zum Beginn."),
    ],
)
def test_times_that_do_not_fit_are_refused_at_their_field(
    hours: int, field: str, sentence: str, office: Client, workshop: Workshop
) -> None:
    text = change(office, workshop, **{field: at(workshop, hours)})
    assert sentence in text
    assert f'id="id_{field}_error"' in text
    assert Workshop.objects.get().ends_at == workshop.ends_at


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reserved": "21"}, "So viele Plätze gibt es nicht."),
        ({"reserved": "1", "capacity": ""}, "nur, wenn ihre Zahl begrenzt ist"),
        ({"online_capacity": "5"}, "Eigene Plätze online gibt es nur"),
        ({"mode": "online"}, "Adresse für die Online-Teilnahme"),
        ({"place": ""}, "Bitte tragen Sie den Ort ein."),
        ({"slug": "x", "map_url": "keine Adresse"}, "errorlist"),
    ],
)
def test_places_that_do_not_fit_are_refused(
    fields: dict[str, str], sentence: str, office: Client, workshop: Workshop
) -> None:
    assert sentence in change(office, workshop, **fields)
    stored = Workshop.objects.get()
    assert (stored.reserved, stored.capacity, stored.mode, stored.place) == (0, 20, "on_site", "Beispielhalle")


def test_fewer_places_take_nobodys_place_and_say_so(office: Client, workshop: Workshop) -> None:
    RegistrationFactory.create_batch(3, workshop=workshop, companions=1)
    text = change(office, workshop, capacity="4")
    assert "Vor Ort haben 6 Personen einen Platz, es gibt 4 Plätze." in text
    assert "wenn 3 Plätze frei geworden sind" in text
    assert Registration.objects.confirmed().count() == 3
    assert "haben 6 Personen einen Platz" not in change(office, workshop, capacity="6")


@pytest.mark.parametrize(
    ("before", "fields"),
    [
        ({"reserved": 20}, {"reserved": "0"}),
        ({"capacity": 0}, {"capacity": "1"}),
        ({"moves": True}, {"moves_up_until": ""}),
    ],
)
def test_what_makes_room_lets_the_waiting_list_move(
    before: dict[str, Any], fields: dict[str, str], cast: Cast, office: Client, workshop: Workshop
) -> None:
    if before.pop("moves", False):
        before["moves_up_until"] = timezone.now() - timedelta(days=1)
        RegistrationFactory.create(workshop=workshop, person=cast.stakeholder, state="waiting")
    Workshop.objects.update(**before)
    if not Registration.objects.exists():
        register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    workshop.refresh_from_db()
    assert Registration.objects.get().state == "waiting"
    change(office, workshop, **fields)
    assert Registration.objects.get().state == "confirmed"


@pytest.mark.parametrize(
    "fields", [{"room": "Saal 2"}, {"map_url": "https://karte.example/"}, {"online_url": "https://x.example/"}]
)
def test_room_map_and_online_address_are_told_like_the_place(
    fields: dict[str, str], cast: Cast, office: Client, workshop: Workshop
) -> None:
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    change(office, workshop, **fields)
    assert kinds(cast.stakeholder) == ["registration_confirmed", "workshop_changed"]


def test_a_kind_of_place_people_are_registered_for_stays(office: Client, workshop: Workshop) -> None:
    Workshop.objects.update(mode="hybrid", online_url="https://x.example/")
    workshop.refresh_from_db()
    RegistrationFactory.create(workshop=workshop, kind="online")
    text = change(office, workshop, mode="on_site", online_url="https://x.example/")
    assert "1 Person ist für eine Teilnahme angemeldet, die es dann nicht mehr gibt (online)." in text
    assert Workshop.objects.get().mode == "hybrid"
    Registration.objects.update(state="cancelled")
    change(office, workshop, mode="on_site", online_url="https://x.example/")
    assert Workshop.objects.get().mode == "on_site"


def test_every_new_field_is_stored(office: Client, workshop: Workshop) -> None:
    series = Series.objects.create(title="Tour", slug="tour")
    thesis = ThesisFactory.create()
    fields = {"companions": "2", "organisation_quota": "3", "confirm_hours": "24", "needs_approval": "on"}
    texts = {"room": "Saal 1", "description_en": "Programme", "reserved": "4"}
    change(office, workshop, series=series.pk, theses=[thesis.pk], **fields, **texts)
    stored = Workshop.objects.get()
    assert (stored.companions, stored.organisation_quota, stored.confirm_hours, stored.needs_approval) == (
        2,
        3,
        24,
        True,
    )
    assert (stored.room, stored.description_en, stored.reserved, stored.series) == ("Saal 1", "Programme", 4, series)
    assert list(stored.theses.all()) == [thesis]
    facts = AuditEntry.objects.get(verb="workshop_changed").facts
    assert {"room", "reserved", "companions"} <= set(facts["changed"])


def test_theses_are_searched_for_and_not_loaded(
    office: Client, workshop: Workshop, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    for rows in (1, 30):
        found = ThesisFactory.create_batch(rows)
        with django_assert_max_num_queries(35):
            text = office.get(address).content.decode()
        assert not any(thesis.sentence in text for thesis in found)
    assert "admin-autocomplete" in text


def test_sessions_lie_inside_their_event(office: Client, workshop: Workshop) -> None:
    outside = row("sessions", workshop, title="Früh", starts_at=at(workshop, -1), ends_at=at(workshop, 4))
    text = change(office, workshop, **outside)
    assert "Der Programmpunkt beginnt vor der Veranstaltung." in text
    assert "Der Programmpunkt endet nach der Veranstaltung." in text
    change(
        office, workshop, **row("sessions", workshop, title="Gut", starts_at=at(workshop, 0), ends_at=at(workshop, 3))
    )
    session = Session.objects.get()
    earlier = {"starts_at": at(workshop, 1), "ends_at": at(workshop, 4)}
    kept = row("sessions", workshop, existing=session, title="Gut", starts_at=at(workshop, 0), ends_at=at(workshop, 3))
    assert "Der Programmpunkt beginnt vor der Veranstaltung." in change(office, workshop, **earlier, **kept)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"end": 0.0}, "Das Ende muss nach dem Beginn liegen."),
        ({"capacity": "3"}, "nur mit eigener Anmeldung"),
    ],
)
def test_a_session_that_makes_no_sense_is_refused(
    fields: dict[str, Any], sentence: str, office: Client, workshop: Workshop
) -> None:
    end = fields.pop("end", 1.0)
    sent = row("sessions", workshop, title="A", starts_at=at(workshop, 0), ends_at=at(workshop, end), **fields)
    assert sentence in change(office, workshop, **sent)
    assert not Session.objects.exists()


def test_what_people_chose_or_answered_cannot_be_deleted(office: Client, workshop: Workshop) -> None:
    registration = RegistrationFactory.create(workshop=workshop)
    session, question = SessionFactory.create(workshop=workshop), QuestionFactory.create(workshop=workshop)
    SessionPlace.objects.create(session=session, registration=registration)
    Answer.objects.create(question=question, registration=registration, value="ja")
    gone = row("sessions", workshop, existing=session, title="A", DELETE="on")
    assert "Der Punkt lässt sich nicht löschen." in change(office, workshop, **gone)
    gone = row(
        "questions", workshop, existing=question, text="A?", kind="text", purpose="general", position=0, DELETE="on"
    )
    assert "Die Frage lässt sich nicht löschen." in change(office, workshop, **gone)
    assert Session.objects.exists()
    assert Question.objects.exists()


def asked(workshop: Workshop, **fields: Any) -> dict[str, Any]:
    usual = {"text": "Was essen Sie?", "kind": "text", "purpose": "catering", "position": 0}
    return row("questions", workshop, **{**usual, **fields})


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "choice"}, "mindestens zwei Antworten"),
        ({"kind": "choice", "choices": "vegan"}, "mindestens zwei Antworten"),
        ({"kind": "text", "choices": "a\nb"}, "gehören zur Art „Auswahl“"),
        ({"shown_value": "ja"}, "Bitte wählen Sie die Frage"),
        ({"parent": True}, "Bitte nennen Sie die Antwort"),
        ({"parent": True, "shown_value": "vielleicht"}, "Möglich sind: ja, nein."),
        ({"foreign": True, "shown_value": "ja"}, "errorlist"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    fields: dict[str, Any], sentence: str, office: Client, workshop: Workshop
) -> None:
    parent = QuestionFactory.create(workshop=workshop, kind="choice", choices="ja\nnein")
    if fields.pop("parent", False):
        fields["shown_if"] = parent.pk
    if fields.pop("foreign", False):
        fields["shown_if"] = QuestionFactory.create().pk
    assert sentence in change(office, workshop, **asked(workshop, **fields))
    assert not Question.objects.filter(text="Was essen Sie?").exists()


def test_questions_that_depend_on_each_other_are_refused(office: Client, workshop: Workshop) -> None:
    first = QuestionFactory.create(workshop=workshop)
    second = QuestionFactory.create(workshop=workshop, shown_if=first, shown_value="ja")
    sent = asked(workshop, existing=first, shown_if=second.pk, shown_value="ja")
    assert "Die beiden Fragen hängen voneinander ab." in change(office, workshop, **sent)


def test_a_question_is_asked_after_another(office: Client, workshop: Workshop) -> None:
    parent = QuestionFactory.create(workshop=workshop, kind="choice", choices="ja\nnein")
    change(office, workshop, **asked(workshop, shown_if=parent.pk, shown_value="ja"))
    assert Question.objects.get(text="Was essen Sie?").shown_if == parent


def reminded(workshop: Workshop, **fields: Any) -> dict[str, Any]:
    return row("reminders", workshop, **{"anchor": "start", "hours": "-24", "audience": "registered", **fields})


def test_reminders_are_written_below_the_event(office: Client, workshop: Workshop) -> None:
    change(office, workshop, **reminded(workshop, subject="Bald", text="Am {termin}"))
    stored = Reminder.objects.get()
    assert (stored.hours, stored.subject, stored.text) == (-24, "Bald", "Am {termin}")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "Hallo {vorname}", "subject": "A"}, "Den Platzhalter {vorname} gibt es nicht."),
        ({"text": "Hallo"}, "Zu diesem Text fehlt der Betreff."),
        ({"subject": "Hallo"}, "Zu diesem Betreff fehlt der Text."),
        ({"hours": "-2000"}, "Dieser Zeitpunkt ist schon vorbei."),
        ({"hours": "-2001"}, "errorlist"),
        ({"hours": "48"}, "So spät wäre diese Erinnerung sinnlos."),
        ({"audience": "unanswered", "hours": "1"}, "So spät wäre diese Erinnerung sinnlos."),
        ({"audience": "attended"}, "Vor dem Beginn hat noch niemand teilgenommen."),
        ({"anchor": "at_once"}, "errorlist"),
    ],
)
def test_a_reminder_that_reaches_nobody_is_refused(
    fields: dict[str, str], sentence: str, office: Client, workshop: Workshop
) -> None:
    assert sentence in change(office, workshop, **reminded(workshop, **fields))
    assert not Reminder.objects.exists()


def test_what_was_posted_is_only_to_be_read(office: Client, workshop: Workshop) -> None:
    posted = ReminderFactory.create(workshop=workshop, posted_at=timezone.now())
    change(office, workshop, **reminded(workshop, existing=posted, hours="-5", DELETE="on"))
    assert Reminder.objects.get().hours == -48


def test_messages_at_once_are_no_rows_of_the_form(office: Client, workshop: Workshop) -> None:
    ReminderFactory.create(workshop=workshop, anchor="at_once", subject="Eilig", text="Text")
    address = reverse("admin:workshops_workshop_change", args=[workshop.pk])
    text = office.get(address).content.decode()
    assert 'name="reminders-INITIAL_FORMS" value="0"' in text


def test_series_are_edited_at_the_desk(office: Client) -> None:
    address = reverse("admin:workshops_series_add")
    assert office.post(address, {"title": "Tour durch Sachsen", "slug": "tour"}).status_code == 302
    assert "Tour durch Sachsen" in office.get(reverse("admin:workshops_series_changelist")).content.decode()
