"""Many people reach for the same sessions of the programme at once: no seat is given twice, no time is taken twice."""

import contextlib
from datetime import timedelta
from functools import partial

import pytest

from stakeholders.domain.refusal import Refusal
from tests.at_once import at_once
from tests.factories.workshops import RegistrationFactory, SessionFactory, WorkshopFactory
from workshops.domain.programme import choose_sessions
from workshops.domain.registration import change
from workshops.domain.wish import Wish
from workshops.models import Registration, Session

CLIENTS = 8
PEOPLE = 24
SEATS = 5


def reach(row: Registration, number: int, sessions: list[int]) -> None:
    """What overlaps, then one session, then both that do not overlap; some bring somebody along after that."""
    first, middle, last = sessions
    for wanted in ([first, middle], [middle] if number % 2 else [first], [first, last]):
        with contextlib.suppress(Refusal):
            choose_sessions(registration=row, sessions=wanted, actor=row.person)
    if number % 3 == 0:
        with contextlib.suppress(Refusal):
            change(registration=row, wish=Wish(companions=1), actor=row.person)


def seats(session: Session) -> int:
    return sum(place.registration.seats for place in session.places.select_related("registration"))


@pytest.mark.django_db(transaction=True)
def test_racing_people_fill_sessions_exactly() -> None:
    workshop = WorkshopFactory.create(capacity=None, companions=2)
    starts = [workshop.starts_at + number * timedelta(minutes=30) for number in range(3)]
    sessions = [
        SessionFactory.create(workshop=workshop, own_registration=True, capacity=SEATS, starts_at=start)
        for start in starts
    ]
    rows = [RegistrationFactory.create(workshop=workshop, arrival=number + 1) for number in range(PEOPLE)]
    first, middle, last = numbers = [session.pk for session in sessions]

    def client(start: int) -> None:
        for number in range(start, PEOPLE, CLIENTS):
            reach(rows[number], number, numbers)

    at_once(*[partial(client, start) for start in range(CLIENTS)])
    assert max(seats(session) for session in sessions) <= SEATS
    assert seats(sessions[0]) == SEATS, "whoever comes alone finds the last seat"
    allowed: tuple[set[int], ...] = (set(), {first}, {middle}, {last}, {first, last})
    assert all(set(row.session_places.values_list("session", flat=True)) in allowed for row in rows)
