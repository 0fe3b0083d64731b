"""An event once more: with its programme, questions and reminders, without its people."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from stakeholders.models import Stakeholder
from workshops.domain.free_slug import free_slug
from workshops.domain.new_date import move_dates, moved
from workshops.domain.workshop import create_workshop
from workshops.models import Question, Reminder, Session, Workshop

RELATIONS = ("measures", "topics", "theses")


@transaction.atomic
def copy_workshop(*, workshop: Workshop, title: str, starts_at: datetime, actor: Stakeholder) -> Workshop:
    """A draft that begins at `starts_at`; everything that hangs on the start moves along, by the calendar on the wall.

    Registrations, invitations, waves and messages stay with the original.
    """
    original = Workshop.objects.get(pk=workshop.pk)
    copy = Workshop.objects.get(pk=workshop.pk)
    copy.pk, copy._state.adding = None, True
    copy.title, copy.slug = title, free_slug(title)
    copy.calendar_sequence, copy.entry_changed_at, copy.demo, copy.source = 0, timezone.now(), False, ""
    if title != original.title:
        copy.title_en = ""
    by = move_dates(copy, starts_at)
    create_workshop(workshop=copy, actor=actor)
    for name in RELATIONS:
        getattr(copy, name).set(getattr(original, name).all())
    sessions = _copy_sessions(original, copy, by)
    _copy_questions(original, copy)
    _copy_reminders(original, copy, sessions)
    return copy


def _copy_sessions(original: Workshop, copy: Workshop, by: timedelta) -> dict[int, Session]:
    """The new ones by the number of the old ones."""
    found: dict[int, Session] = {}
    for session in Session.objects.filter(workshop=original):
        number = session.pk
        session.pk, session._state.adding, session.workshop = None, True, copy
        session.starts_at, session.ends_at = moved(session.starts_at, by), moved(session.ends_at, by)
        session.save()
        found[number] = session
    return found


def _copy_questions(original: Workshop, copy: Workshop) -> None:
    """A condition points to the copy of the question it depended on."""
    found: dict[int, Question] = {}
    depending: list[tuple[Question, int]] = []
    for question in Question.objects.filter(workshop=original):
        number, parent = question.pk, question.shown_if_id
        question.pk, question._state.adding, question.workshop, question.shown_if = None, True, copy, None
        question.save()
        found[number] = question
        if parent is not None:
            depending.append((question, parent))
    for question, parent in depending:
        question.shown_if = found[parent]
        question.save(update_fields=["shown_if"])


def _copy_reminders(original: Workshop, copy: Workshop, sessions: dict[int, Session]) -> None:
    """All that were planned, as not posted; instead of the one a new event has."""
    copy.reminders.all().delete()
    for row in Reminder.objects.planned().filter(workshop=original):
        row.session = sessions[row.session_id] if row.session_id else None
        row.pk, row._state.adding, row.workshop, row.posted_at = None, True, copy, None
        row.save()
