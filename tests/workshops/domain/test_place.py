"""Who gets a place: reserved ones, companions, the head of the line, the last moment, more and fewer places."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.models import AuditEntry, Stakeholder
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, RegistrationFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops.domain.place import Free, fill_places, free_places
from workshops.domain.registration import cancel, register
from workshops.domain.wish import Wish
from workshops.models import Registration, Workshop

State = Registration.State
pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def come(workshop: Workshop, *, invited: bool = False, **wish: object) -> Registration:
    person: Stakeholder = StakeholderFactory.create()
    if invited:
        InvitationFactory.create(workshop=workshop, person=person)
    return register(workshop=workshop, person=person, actor=person, wish=Wish(**wish))  # type: ignore[arg-type]


def leave(registration: Registration) -> None:
    cancel(registration=registration, actor=registration.person)


def state(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def states(*registrations: Registration) -> list[str]:
    return [state(registration) for registration in registrations]


def test_each_kind_of_place_has_its_own_capacity_and_line() -> None:
    workshop = WorkshopFactory.create(mode="hybrid", capacity=1, online_capacity=2)
    site = [come(workshop, kind="on_site") for _ in range(2)]
    online = [come(workshop, kind="online") for _ in range(3)]
    assert states(*site) == [State.CONFIRMED, State.WAITING]
    assert states(*online) == [State.CONFIRMED, State.CONFIRMED, State.WAITING]
    leave(online[0])
    assert states(site[1], online[2]) == [State.WAITING, State.CONFIRMED]


def test_an_online_meeting_counts_its_places_as_capacity() -> None:
    workshop = WorkshopFactory.create(mode="online", capacity=1, online_capacity=9)
    assert states(come(workshop), come(workshop)) == [State.CONFIRMED, State.WAITING]
    assert Registration.objects.first().kind == "online"  # type: ignore[union-attr]


def test_reserved_places_are_for_people_with_an_invitation() -> None:
    workshop = WorkshopFactory.create(capacity=3, reserved=2)
    others = [come(workshop) for _ in range(2)]
    entitled = [come(workshop, invited=True) for _ in range(3)]
    assert states(*others) == [State.CONFIRMED, State.WAITING]
    assert states(*entitled) == [State.CONFIRMED, State.CONFIRMED, State.WAITING]


def test_people_with_an_invitation_may_take_places_that_are_not_reserved_too() -> None:
    workshop = WorkshopFactory.create(capacity=3, reserved=1)
    assert states(*(come(workshop, invited=True) for _ in range(3))) == [State.CONFIRMED] * 3
    assert state(come(workshop)) == State.WAITING


def test_a_reserved_place_that_becomes_free_is_not_for_others() -> None:
    workshop = WorkshopFactory.create(capacity=2, reserved=1)
    invited = come(workshop, invited=True)
    come(workshop)
    waiting = come(workshop)
    leave(invited)
    assert state(waiting) == State.WAITING
    later = come(workshop, invited=True)
    assert states(waiting, later) == [State.WAITING, State.CONFIRMED]


def test_more_reserved_than_there_are_places_leaves_none_for_others() -> None:
    workshop = WorkshopFactory.create(capacity=2, reserved=5)
    assert state(come(workshop)) == State.WAITING
    assert states(come(workshop, invited=True), come(workshop, invited=True)) == [State.CONFIRMED] * 2


def test_who_has_no_right_to_reserved_places_does_not_stop_who_has() -> None:
    workshop = WorkshopFactory.create(capacity=2, reserved=1)
    held = come(workshop)
    first_other = come(workshop)
    entitled = [come(workshop, invited=True) for _ in range(2)]
    assert states(first_other, *entitled) == [State.WAITING, State.CONFIRMED, State.WAITING]
    leave(held)
    # The place that is for everybody goes to who came first.
    assert states(first_other, entitled[1]) == [State.CONFIRMED, State.WAITING]


def test_nobody_passes_the_head_of_the_line_who_needs_more_places() -> None:
    workshop = WorkshopFactory.create(capacity=3, companions=2)
    held = [come(workshop) for _ in range(3)]
    family = come(workshop, companions=1)
    single = come(workshop)
    leave(held[0])
    assert states(family, single) == [State.WAITING, State.WAITING]
    assert state(come(workshop)) == State.WAITING
    leave(held[1])
    assert states(family, single) == [State.CONFIRMED, State.WAITING]


def test_when_the_head_of_the_line_leaves_those_behind_move_up() -> None:
    workshop = WorkshopFactory.create(capacity=2, companions=2)
    held = [come(workshop) for _ in range(2)]
    family = come(workshop, companions=1)
    single = come(workshop)
    leave(held[0])
    leave(family)
    assert state(single) == State.CONFIRMED
    assert kinds(single.person) == ["registration_waiting", "registration_moved_up"]


def test_a_registration_with_companions_gives_all_places_back() -> None:
    workshop = WorkshopFactory.create(capacity=3, companions=2)
    family = come(workshop, companions=2)
    waiting = [come(workshop) for _ in range(4)]
    leave(family)
    assert states(*waiting) == [State.CONFIRMED] * 3 + [State.WAITING]


def test_fewer_places_than_given_take_nobody_away_and_more_fill_in_order() -> None:
    workshop = WorkshopFactory.create(capacity=3)
    held = [come(workshop) for _ in range(3)]
    waiting = [come(workshop) for _ in range(2)]
    Workshop.objects.update(capacity=1)
    assert fill_places(workshop=workshop) == []
    assert free_places(Workshop.objects.get(), "on_site") == Free(entitled=-2, others=-2)
    leave(held[0])
    assert states(*held[1:], *waiting) == [State.CONFIRMED] * 2 + [State.WAITING] * 2
    Workshop.objects.update(capacity=3)
    assert [row.pk for row in fill_places(workshop=workshop)] == [waiting[0].pk]
    Workshop.objects.update(capacity=None)
    assert [row.pk for row in fill_places(workshop=workshop)] == [waiting[1].pk]


def test_after_the_last_moment_nobody_moves_up_by_themselves() -> None:
    workshop = WorkshopFactory.create(capacity=1)
    held, waiting = come(workshop), come(workshop)
    Workshop.objects.update(moves_up_until=timezone.now() - HOUR)
    leave(held)
    assert state(waiting) == State.WAITING
    # Who comes now does not pass those who wait either.
    assert state(come(workshop)) == State.WAITING
    Workshop.objects.update(moves_up_until=timezone.now() + HOUR)
    fill_places(workshop=workshop)
    assert state(waiting) == State.CONFIRMED


@pytest.mark.parametrize("event", [State.WAITING])
def test_while_an_event_is_postponed_nobody_moves_up(event: str) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    held, waiting = come(workshop), come(workshop)
    Workshop.objects.update(state=Workshop.State.POSTPONED, starts_at=timezone.now() - HOUR)
    leave(held)
    assert state(waiting) == event


def test_a_place_to_confirm_is_held_until_then_and_taken_meanwhile() -> None:
    workshop = WorkshopFactory.create(capacity=1, confirm_hours=24)
    held, waiting = come(workshop), come(workshop)
    assert state(held) == State.CONFIRMED, "who finds a free place need not confirm it"
    leave(held)
    row = Registration.objects.get(pk=waiting.pk)
    assert row.state == State.OFFERED
    assert row.confirm_by is not None
    assert abs(row.confirm_by - timezone.now() - 24 * HOUR) < timedelta(minutes=1)
    assert kinds(row.person) == ["registration_waiting", "registration_offered"]
    assert AuditEntry.objects.filter(verb="registration_offered").count() == 1
    assert state(come(workshop)) == State.WAITING


def test_a_place_to_confirm_is_not_held_beyond_the_last_moment() -> None:
    last = timezone.now() + 2 * HOUR
    workshop = WorkshopFactory.create(capacity=1, confirm_hours=48, moves_up_until=last)
    held, waiting = come(workshop), come(workshop)
    leave(held)
    assert Registration.objects.get(pk=waiting.pk).confirm_by == last


def test_a_large_line_moves_up_in_order_of_arrival() -> None:
    workshop = WorkshopFactory.create(capacity=0)
    rows = [RegistrationFactory.create(workshop=workshop, state=State.WAITING, arrival=n) for n in (30, 10, 20)]
    Workshop.objects.update(capacity=2)
    assert [row.pk for row in fill_places(workshop=workshop)] == [rows[1].pk, rows[2].pk]
