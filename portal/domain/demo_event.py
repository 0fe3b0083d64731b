"""Invented events that show a series, a programme with parallel sessions, questions, and the pitches of an InnoSlam."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from measures.models import Measure
from portal.domain.demo_day import working_day
from stakeholders.models import District, Stakeholder
from workshops.models import Place, Question, Registration, Series, Session, SessionPlace, Workshop

SOURCE = Path(__file__).resolve().parent.parent / "demo_data" / "events.json"
SLAM = "demo-innoslam-lausitz"
MINUTES = 30
"""Of a pitch with its questions."""


def load_demo_events(people: list[Stakeholder]) -> None:
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    series = Series.objects.create(**data["series"])
    for row in data["dialogues"]:
        create(row, hour=17, length=3, format=Workshop.Format.REGIONAL_DIALOGUE, series=series, capacity=40)
    conference = create(
        data["conference"],
        hour=9,
        length=7,
        format=Workshop.Format.CONFERENCE,
        mode=Workshop.Mode.HYBRID,
        capacity=60,
        reserved=10,
        online_capacity=200,
        companions=1,
        online_url="https://konferenz.demo.example/industrie",
    )
    conference.measures.set(Measure.objects.published()[:2])
    load_sessions(conference, data["sessions"])
    load_questions(conference, data["questions"])
    load_registrations(conference, people[:12])
    load_pitches(Workshop.objects.get(slug=SLAM), data["pitches"])


def create(row: dict[str, Any], *, hour: int, length: int, **fields: Any) -> Workshop:
    today = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    start = working_day(today + timedelta(days=row.pop("days"))).replace(hour=hour)
    district = District.objects.filter(key=row.pop("district")).first()
    return Workshop.objects.create(
        **row,
        **fields,
        district=district,
        starts_at=start,
        ends_at=start + timedelta(hours=length),
        state=Workshop.State.PUBLISHED,
        demo=True,
    )


def load_sessions(workshop: Workshop, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        start = timezone.localtime(workshop.starts_at).replace(hour=row.pop("hour"))
        length = timedelta(hours=row.pop("length"))
        Session.objects.create(workshop=workshop, starts_at=start, ends_at=start + length, **row)


def load_questions(workshop: Workshop, rows: list[dict[str, Any]]) -> None:
    """`asked_after`: the text of the question whose answer decides whether this one is asked."""
    known: dict[str, Question] = {}
    for position, row in enumerate(rows, start=1):
        parent = known.get(row.pop("asked_after", ""))
        question = Question.objects.create(workshop=workshop, position=position, shown_if=parent, **row)
        known[question.text] = question


def load_registrations(workshop: Workshop, people: list[Stakeholder]) -> None:
    """Each third takes part online; two have taken all places of the smallest session."""
    now = timezone.now()
    registrations = Registration.objects.bulk_create(
        Registration(
            workshop=workshop,
            person=person,
            state=Registration.State.CONFIRMED,
            kind=Place.ONLINE if arrival % 3 == 0 else Place.ON_SITE,
            arrival=arrival,
            registered_at=now,
            confirmed_at=now,
        )
        for arrival, person in enumerate(people, start=1)
    )
    smallest = workshop.sessions.filter(own_registration=True).order_by("capacity", "pk").first()
    SessionPlace.objects.bulk_create(SessionPlace(session=smallest, registration=row) for row in registrations[:2])


def load_pitches(workshop: Workshop, rows: list[dict[str, Any]]) -> None:
    start: datetime = workshop.starts_at + timedelta(minutes=MINUTES)
    for row in rows:
        end = start + timedelta(minutes=MINUTES)
        Session.objects.create(workshop=workshop, starts_at=start, ends_at=end, is_pitch=True, **row)
        start = end
