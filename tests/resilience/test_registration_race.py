"""Many people at once want few places: real connections, real transactions."""

import random
from collections.abc import Callable, Iterable
from functools import partial

import pytest

from stakeholders.models import OutgoingMail, Stakeholder
from tests.at_once import at_once
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import WorkshopFactory
from workshops.domain.registration import cancel, register
from workshops.models import Registration, Workshop

CLIENTS = 50
PEOPLE = 200
PLACES = 20
State = Registration.State


def crowd(number: int) -> list[Stakeholder]:
    pattern = StakeholderFactory.create()
    people = StakeholderFactory.build_batch(number, group=pattern.group, district=pattern.district)
    return list(Stakeholder.objects.bulk_create(people))


def by_clients(actions: Iterable[Callable[[], object]]) -> None:
    """CLIENTS start together; each takes its share of the actions one after the other."""
    queue = list(actions)

    def client(start: int) -> None:
        for action in queue[start::CLIENTS]:
            action()

    at_once(*[partial(client, start) for start in range(CLIENTS)])


def coming(workshop: Workshop, person: Stakeholder) -> Callable[[], object]:
    return lambda: register(workshop=workshop, person=person, actor=person)


def going(registration: Registration) -> Callable[[], object]:
    return lambda: cancel(registration=registration, actor=registration.person)


@pytest.mark.django_db(transaction=True)
def test_200_registrations_for_20_places_are_exact_and_in_order_of_arrival() -> None:
    workshop = WorkshopFactory.create(capacity=PLACES)
    by_clients(coming(workshop, person) for person in crowd(PEOPLE))
    rows = list(Registration.objects.order_by("arrival"))
    assert [row.arrival for row in rows] == list(range(1, PEOPLE + 1))
    assert [row.state for row in rows] == [State.CONFIRMED] * PLACES + [State.WAITING] * (PEOPLE - PLACES)
    times = [row.registered_at for row in rows]
    assert times == sorted(times)
    assert OutgoingMail.objects.filter(kind="registration_confirmed").count() == PLACES
    assert OutgoingMail.objects.filter(kind="registration_waiting").count() == PEOPLE - PLACES


@pytest.mark.django_db(transaction=True)
def test_one_person_registering_many_times_at_once_has_one_row_and_one_mail() -> None:
    workshop = WorkshopFactory.create(capacity=PLACES)
    [person] = crowd(1)
    by_clients([coming(workshop, person)] * CLIENTS)
    assert Registration.objects.get().arrival == 1
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_coming_and_going_at_once_fills_every_place_and_never_more() -> None:
    workshop = WorkshopFactory.create(capacity=PLACES)
    people = crowd(PEOPLE // 2)
    for person in people[:40]:
        register(workshop=workshop, person=person, actor=person)
    leaving = list(Registration.objects.order_by("arrival").select_related("person", "workshop")[:30])
    steps = [going(row) for row in leaving] + [coming(workshop, person) for person in people[40:]]
    random.Random(7).shuffle(steps)
    by_clients(steps)
    rows = Registration.objects.order_by("arrival")
    assert rows.filter(state=State.CANCELLED).count() == len(leaving)
    current = list(rows.exclude(state=State.CANCELLED))
    assert [row.state for row in current] == [State.CONFIRMED] * PLACES + [State.WAITING] * (len(current) - PLACES)
    assert len(current) == len(people) - len(leaving)
