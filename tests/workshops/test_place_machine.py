"""Hypothesis drives registering, cancelling, deciding and changing events against the simple model, on PostgreSQL."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Channel, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.place_model import OFFERED, PlaceModel
from workshops.domain.admission import approve, confirm, lapse_offers, refuse
from workshops.domain.registration import cancel, change, register
from workshops.domain.wish import Wish
from workshops.domain.workshop import change_workshop
from workshops.models import Registration, Workshop

PEOPLE = 7
who = st.integers(0, PEOPLE - 1)
kinds = st.sampled_from(["on_site", "on_site", "on_site", "online"])
companions = st.integers(0, 2)
limits = st.sampled_from([1, 2, 3, 4, 0, None])
seldom = st.sampled_from([False, False, True])
often = st.sampled_from([True, True, False])
HOUR = timedelta(hours=1)

EXAMPLES, STEPS = 80, 30


class Places(RuleBasedStateMachine):
    """Every example has an event of its own; the people are the same."""

    people: list[Stakeholder]
    office: Stakeholder
    workshop: Workshop
    model: PlaceModel

    @initialize(
        capacity=limits,
        online=limits,
        reserved=st.integers(0, 3),
        approval=seldom,
        offers=often,
        invited=st.sets(who, max_size=5),
        crowd=st.lists(st.tuples(who, kinds, companions), min_size=3, max_size=8),
    )
    def begin(
        self,
        capacity: int | None,
        online: int | None,
        reserved: int,
        approval: bool,
        offers: bool,
        invited: set[int],
        crowd: list[tuple[int, str, int]],
    ) -> None:
        """Some are invited and some have registered before the steps begin, so that there is a line from the start."""
        self.workshop = WorkshopFactory.create(
            mode=Workshop.Mode.HYBRID,
            capacity=capacity,
            online_capacity=online,
            reserved=reserved,
            companions=2,
            needs_approval=approval,
            confirm_hours=5 if offers else None,
        )
        self.model = PlaceModel({"on_site": capacity, "online": online}, reserved, approval, offers)
        for person in invited:
            InvitationFactory.create(workshop=self.workshop, person=self.people[person])
        for person, kind, companions in crowd:
            self.register(person, kind, companions)

    @rule(person=who)
    def invite(self, person: int) -> None:
        if not self.is_invited(person):
            InvitationFactory.create(workshop=self.workshop, person=self.people[person])

    @rule(person=who, kind=kinds, companions=companions)
    def register(self, person: int, kind: str, companions: int) -> None:
        wish, one = Wish(kind=kind, companions=companions), self.people[person]
        is_entitled = self.is_invited(person)
        try:
            register(workshop=self.workshop, person=one, actor=one, wish=wish)
        except Refusal:
            # Who was turned down comes in by the office only.
            assert self.model.entries[person].state == "refused"
            return
        self.model.register(person, kind, 1 + companions, entitled=is_entitled)

    @rule(person=who, kind=kinds)
    def register_by_phone(self, person: int, kind: str) -> None:
        wish = Wish(kind=kind)
        one = self.people[person]
        register(workshop=self.workshop, person=one, actor=self.office, channel=Channel.PHONE, wish=wish)
        entry = self.model.entries.get(person)
        if entry and entry.state == "refused":
            entry.state = "cancelled"
        self.model.register(person, kind, 1, entitled=True)

    @rule(person=who)
    def cancel(self, person: int) -> None:
        if row := self.row(person):
            cancel(registration=row, actor=self.people[person])
            self.model.cancel(person)

    @rule(first=who, second=who)
    def cancel_two(self, first: int, second: int) -> None:
        self.cancel(first)
        self.cancel(second)

    @rule(person=who, kind=kinds, companions=companions)
    def change(self, person: int, kind: str, companions: int) -> None:
        row = self.row(person)
        if row is None:
            return
        before = row.state, row.kind, row.companions
        try:
            change(registration=row, wish=Wish(kind=kind, companions=companions), actor=self.people[person])
        except Refusal:
            row.refresh_from_db()
            assert (row.state, row.kind, row.companions) == before
            assert not self.model.change(person, kind, 1 + companions)
            return
        self.model.change(person, kind, 1 + companions)

    @rule(person=who)
    def approve(self, person: int) -> None:
        if row := self.row(person):
            approve(registration=row, actor=self.office)
            self.model.approve(person)

    @rule(person=who)
    def refuse(self, person: int) -> None:
        row = self.row(person)
        if row is None:
            return
        try:
            refuse(registration=row, actor=self.office, reason="Kein Bezug zum Thema.")
        except Refusal:
            assert row.state != "requested"
            return
        self.model.refuse(person)

    @rule(person=who)
    def confirm(self, person: int) -> None:
        row = self.row(person)
        if row is None:
            return
        try:
            confirm(registration=row, actor=self.people[person])
        except Refusal:
            assert not self.model.confirm(person)
            return
        self.model.confirm(person)

    @rule()
    def let_offers_lapse(self) -> None:
        """All that are open now; what moves up after them is offered anew."""
        offered = [person for person, entry in self.model.entries.items() if entry.state == OFFERED]
        Registration.objects.filter(workshop=self.workshop, state="offered").update(confirm_by=timezone.now() - HOUR)
        assert lapse_offers() == len(offered)
        for person in offered:
            self.model.entries[person].state = "cancelled"
        self.model.move_up()

    @rule(capacity=limits, online=limits, reserved=st.integers(0, 3))
    def change_places(self, capacity: int | None, online: int | None, reserved: int) -> None:
        edited = Workshop.objects.get(pk=self.workshop.pk)
        edited.capacity, edited.online_capacity, edited.reserved = capacity, online, reserved
        change_workshop(workshop=edited, actor=self.office)
        self.model.capacity, self.model.reserved = {"on_site": capacity, "online": online}, reserved
        self.model.move_up()

    @rule(moving=often)
    def set_the_last_moment(self, moving: bool) -> None:
        edited = Workshop.objects.get(pk=self.workshop.pk)
        edited.moves_up_until = None if moving else timezone.now() - HOUR
        change_workshop(workshop=edited, actor=self.office)
        self.model.moving = moving
        self.model.move_up()

    @invariant()
    def the_portal_agrees_with_the_model(self) -> None:
        rows = {row.person_id: row for row in Registration.objects.filter(workshop=self.workshop)}
        seen = {
            number: (row.state, row.kind, row.seats, row.is_entitled, row.arrival)
            for number, person in enumerate(self.people)
            if (row := rows.get(person.pk))
        }
        assert seen == {number: entry.facts for number, entry in self.model.entries.items()}

    @invariant()
    def no_place_is_given_twice(self) -> None:
        """Nothing is given beyond the capacity; who had a place when it was lowered keeps it."""
        for kind, capacity in self.model.capacity.items():
            rows = Registration.objects.filter(workshop=self.workshop, kind=kind)
            seats = sum(row.seats for row in rows.holding())
            before = self.seats.get(kind, 0)
            assert capacity is None or seats <= max(capacity, before)
            self.seats[kind] = seats

    def __init__(self) -> None:
        super().__init__()
        self.seats: dict[str, int] = {}

    def row(self, person: int) -> Registration | None:
        rows = Registration.objects.filter(workshop=self.workshop, person=self.people[person])
        return rows.select_related("workshop", "person").first()

    def is_invited(self, person: int) -> bool:
        return self.workshop.invitations.filter(person=self.people[person]).exists()


@pytest.mark.django_db
def test_places_are_given_as_the_model_says(cast: Cast) -> None:
    pattern = StakeholderFactory.create()
    Places.office = cast.project_office
    Places.people = StakeholderFactory.create_batch(PEOPLE, group=pattern.group, district=pattern.district)
    run_state_machine_as_test(
        Places, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize=True)
    )
