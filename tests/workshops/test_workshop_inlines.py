"""Programme, questions and reminders below the form of an event."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.workshops import (
    QuestionFactory,
    RegistrationFactory,
    ReminderFactory,
    SessionFactory,
)
from tests.workshops.desk_form import at, change, row
from workshops.models import Answer, Question, Reminder, Session, SessionPlace, Workshop

pytestmark = pytest.mark.django_db


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
