"""The list of participants that the project office downloads, with what they answered."""

from collections import defaultdict
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.document import Document, Section, TableBlock
from publishing.tables import Cell, Column, Table
from publishing.text import printable
from workshops.models import Answer, Question, Registration, SessionPlace, Workshop


def build(workshop: Workshop) -> Table:
    """One row for each registration that still counts, in order of names; four queries, however many there are."""
    questions = list(Question.objects.filter(workshop=workshop))
    answers = answers_of(workshop)
    sessions = sessions_of(workshop)
    rows = Registration.objects.filter(workshop=workshop).current()
    rows = rows.select_related("person__group", "person__district", "person__organisation", "organisation")
    people = rows.order_by("person__last_name", "person__first_name", "pk")
    return Table(
        "participants",
        _("Teilnehmende: %(title)s") % {"title": workshop},
        columns(questions),
        tuple(
            row_of(row, sessions.get(row.pk, []), [answers[row.pk].get(question.pk) for question in questions])
            for row in people
        ),
        name=_("Teilnehmende"),
        main=True,
    )


def columns(questions: list[Question]) -> tuple[Column, ...]:
    return (
        Column("number", _("Nr."), "integer"),
        Column("last_name", _("Nachname")),
        Column("first_name", _("Vorname")),
        Column("email", _("E-Mail-Adresse")),
        Column("organisation", _("Organisation")),
        Column("group", _("Akteursgruppe")),
        Column("district", _("Kreis")),
        Column("state", _("Stand")),
        Column("kind", _("Teilnahme")),
        Column("companions", _("Begleitpersonen"), "integer"),
        Column("sessions", _("Programmpunkte")),
        Column("attended", _("teilgenommen")),
        *(Column(f"question_{question.pk}", printable(question.text)) for question in questions),
    )


def row_of(row: Registration, sessions: list[str], answers: list[str | None]) -> tuple[Cell, ...]:
    person = row.person
    texts: list[Any] = [
        person.last_name,
        person.first_name,
        person.email,
        row.organisation or person.organisation,
        person.group,
        person.district,
        row.get_state_display(),
        row.get_kind_display(),
    ]
    return (
        row.arrival,
        *(printable(str(text)) if text else None for text in texts),
        row.companions,
        ", ".join(sessions) or None,
        _("ja") if row.attended_at else _("nein"),
        *(printable(answer) if answer else None for answer in answers),
    )


def answers_of(workshop: Workshop) -> dict[int, dict[int, str]]:
    """By registration, then by question; those deleted after the event are no longer there."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Answer.objects.filter(question__workshop=workshop).values_list("registration", "question", "value")
    for registration, question, value in rows:
        found[registration][question] = value
    return found


def sessions_of(workshop: Workshop) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    places = SessionPlace.objects.filter(session__workshop=workshop).order_by("session__starts_at", "session")
    for registration, title in places.values_list("registration", "session__title"):
        found[registration].append(printable(title))
    return found


def document(workshop: Workshop) -> Document:
    table = build(workshop)
    section = Section(_("Teilnehmende"), "participants", (TableBlock(table),))
    return Document(table.caption, get_language() or "de", timezone.localdate(), (section,))
