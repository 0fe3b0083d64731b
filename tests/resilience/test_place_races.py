"""What several people do to one event at once ends as if they had done it one after the other.

The audit log is written under the lock of the event, so its order is the order in which things happened: replayed in
that order, the simple model must end where the portal ended.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Stakeholder
from tests.at_once import at_once
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.place_model import PlaceModel
from workshops.domain.admission import approve, confirm
from workshops.domain.registration import cancel, change, register
from workshops.domain.wish import Wish
from workshops.domain.workshop import change_workshop
from workshops.models import Registration, Workshop

PEOPLE = 10
CLIENTS = 6
EXAMPLES = 12
KINDS = ("on_site", "online")
Step = tuple[str, int, str, int]


def carry_out(step: Step, workshop: Workshop, people: list[Stakeholder], office: Stakeholder) -> None:
    verb, number, kind, companions = step
    person = people[number]
    if verb == "register":
        wish = Wish(kind=kind, companions=companions)
        register(workshop=workshop, person=person, actor=person, wish=wish)
    elif row := Registration.objects.filter(workshop=workshop, person=person).select_related("workshop").first():
        actions: dict[str, Callable[[], object]] = {
            "cancel": lambda: cancel(registration=row, actor=person),
            "approve": lambda: approve(registration=row, actor=office),
            "confirm": lambda: confirm(registration=row, actor=person),
            "change": lambda: change(registration=row, wish=Wish(kind=kind, companions=companions), actor=person),
        }
        actions[verb]()


def set_capacity(workshop: Workshop, capacity: int, office: Stakeholder) -> None:
    edited = Workshop.objects.get(pk=workshop.pk)
    edited.capacity = capacity
    change_workshop(workshop=edited, actor=office)


def one_after_the_other(steps: list[Callable[[], object]]) -> None:
    """A refusal is an answer, anything else an error."""
    for step in steps:
        with suppress(Refusal):
            step()


def replayed(workshop: Workshop, model: PlaceModel, capacities: list[int], number_of: dict[int, int]) -> PlaceModel:
    """The model after the same steps in the order of the audit log; what only follows from a step is left out."""
    entries = AuditEntry.objects.filter(at_workshop(workshop)).order_by("pk")
    ahead = iter(capacities)
    for verb, facts in entries.values_list("verb", "facts"):
        if verb == "workshop_changed":
            model.capacity["on_site"] = next(ahead)
            model.move_up()
            continue
        person = number_of[facts["person"]]
        kind, seats = facts.get("kind", ""), 1 + facts.get("companions", 0)
        known = model.entries.get(person)
        if verb == "registration_confirmed" and known and known.state == "offered":
            assert model.confirm(person)
        elif verb in ("registration_confirmed", "registration_waiting", "registration_requested"):
            assert model.register(person, kind, seats, entitled=facts["entitled"])
            assert model.entries[person].state == verb.removeprefix("registration_")
        elif verb == "registration_cancelled":
            assert model.cancel(person)
        elif verb == "registration_approved":
            assert model.approve(person)
        elif verb == "registration_changed":
            assert model.change(person, kind, seats)
        else:
            assert verb in ("registration_moved_up", "registration_offered")
    return model


def at_workshop(workshop: Workshop) -> Q:
    registrations = list(Registration.objects.filter(workshop=workshop).values_list("pk", flat=True))
    about = ContentType.objects.get_for_model
    return Q(target_type=about(Registration), target_id__in=registrations) | Q(
        target_type=about(Workshop), target_id=workshop.pk
    )


@pytest.mark.django_db(transaction=True)
def test_many_steps_at_once_end_as_if_done_one_after_the_other(cast: Cast) -> None:
    pattern = StakeholderFactory.create()
    people = StakeholderFactory.create_batch(PEOPLE, group=pattern.group, district=pattern.district)
    number_of = {person.pk: number for number, person in enumerate(people)}
    verbs = st.sampled_from(["register", "register", "register", "cancel", "cancel", "change", "approve", "confirm"])
    steps = st.tuples(verbs, st.integers(0, PEOPLE - 1), st.sampled_from(KINDS), st.integers(0, 2))

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
    @given(
        steps=st.lists(steps, min_size=40, max_size=60),
        capacities=st.lists(st.integers(0, 6), min_size=4, max_size=4),
        online=st.one_of(st.none(), st.integers(0, 4)),
        flags=st.tuples(st.booleans(), st.booleans()),
        invited=st.sets(st.integers(0, PEOPLE - 1), max_size=3),
    )
    def race(
        steps: list[Step], capacities: list[int], online: int | None, flags: tuple[bool, bool], invited: set[int]
    ) -> None:
        approval, offers = flags
        workshop = WorkshopFactory.create(
            mode=Workshop.Mode.HYBRID,
            capacity=3,
            online_capacity=online,
            reserved=1,
            companions=2,
            needs_approval=approval,
            confirm_hours=5 if offers else None,
        )
        for number in invited:
            InvitationFactory.create(workshop=workshop, person=people[number])
        jobs: list[list[Callable[[], object]]] = [
            [partial(carry_out, step, workshop, people, cast.project_office) for step in steps[client::CLIENTS]]
            for client in range(CLIENTS)
        ]
        jobs.append([partial(set_capacity, workshop, capacity, cast.project_office) for capacity in capacities])
        at_once(*[partial(one_after_the_other, own) for own in jobs])
        model = PlaceModel({"on_site": 3, "online": online}, 1, approval, offers)
        replayed(workshop, model, capacities, number_of)
        rows = Registration.objects.filter(workshop=workshop)
        seen = {
            number_of[row.person_id]: (row.state, row.kind, row.seats, row.is_entitled, row.arrival) for row in rows
        }
        assert seen == {number: entry.facts for number, entry in model.entries.items()}

    race()
