"""What lists say about places must be what the lock decides."""

import random
from itertools import product

import pytest
from django.db import transaction

from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import RegistrationFactory, SessionFactory, WorkshopFactory
from workshops.domain.place import line_of
from workshops.models import Place, Registration, Session, SessionPlace, Workshop

pytestmark = pytest.mark.django_db
MODES = [Workshop.Mode.ON_SITE, Workshop.Mode.ONLINE, Workshop.Mode.HYBRID]


def decided(workshop: Workshop, kind: Place, entitled: bool) -> int | None:
    """What is free for somebody who would arrive now, as the domain finds it."""
    newcomer = Registration(workshop=workshop, kind=kind, is_entitled=entitled)
    with transaction.atomic():
        line = line_of(workshop, kind)
        left = line.free.entitled if entitled else line.free.others
        return min(left or 0, 0) if line.must_wait(newcomer) else left


@pytest.mark.parametrize(("mode", "seed"), list(product(MODES, range(6))))
def test_places_left_are_those_the_domain_would_give(mode: Workshop.Mode, seed: int) -> None:
    chance = random.Random(seed)
    capacity = chance.choice([None, 6, 30])
    workshop = WorkshopFactory.create(mode=mode, capacity=capacity, reserved=seed % 4, online_capacity=4)
    states = [state for state in Registration.State if seed % 2 or state != Registration.State.WAITING]
    for person in StakeholderFactory.create_batch(12):
        RegistrationFactory.create(
            workshop=workshop,
            person=person,
            state=chance.choice(states),
            kind=chance.choice(workshop.kinds),
            companions=chance.choice([0, 0, 2]),
            is_entitled=chance.random() < 0.3,
        )
    for entitled in (False, True):
        row = Workshop.objects.with_places_left(entitled=entitled).get(pk=workshop.pk)
        assert [(places.kind, places.left) for places in row.places] == [
            (kind, decided(workshop, kind, entitled)) for kind in workshop.kinds
        ]


def test_reserved_places_are_kept_from_the_public_only() -> None:
    workshop = WorkshopFactory.create(capacity=10, reserved=4)
    RegistrationFactory.create(workshop=workshop, companions=2)
    assert Workshop.objects.with_places_left().get().places_left == 3
    assert Workshop.objects.with_places_left(entitled=True).get().places_left == 7


def test_place_in_a_session_is_taken_with_companions() -> None:
    session = SessionFactory.create(own_registration=True, capacity=5)
    registration = RegistrationFactory.create(workshop=session.workshop, companions=1)
    SessionPlace.objects.create(session=session, registration=registration)
    open_session = SessionFactory.create(workshop=session.workshop, capacity=None)
    left = {row.pk: getattr(row, "places_left") for row in Session.objects.with_places_left()}  # noqa: B009
    assert left == {session.pk: 3, open_session.pk: None}
