"""A calendar program that is told by mail what becomes of an event must always show how things stand."""

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from stakeholders.domain.writing import write_due
from stakeholders.models import OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, RegistrationFactory, WorkshopFactory
from tests.workshops.calendar_client import Client
from tests.workshops.strict_calendar import Part, events, parse
from workshops import mails
from workshops.domain.registration import cancel, register
from workshops.domain.workshop import cancel_workshop, change_workshop, postpone_workshop, publish_workshop
from workshops.models import Invitation, Registration, Workshop

pytestmark = pytest.mark.django_db


class Inbox:
    """The mails to one person, whose calendar program reads what is attached."""

    def __init__(self, person: Stakeholder) -> None:
        self.person, self.program, self.read = person, Client(), 0

    def open(self) -> list[str]:
        """What the new files asked for."""
        write_due()
        mails = OutgoingMail.objects.filter(person=self.person, pk__gt=self.read).order_by("pk")
        asked = [asked for mail in mails for asked in self.receive(mail)]
        self.read = max((mail.pk for mail in mails), default=self.read)
        return asked

    def receive(self, mail: OutgoingMail) -> Iterator[str]:
        for attachment in mail.attachments:
            if attachment["content_type"].startswith("text/calendar"):
                method = parse(attachment["content"]).one("METHOD").value
                assert attachment["content_type"] == f"text/calendar; method={method}"
                self.program.receive(attachment["content"])
                yield method

    def entry(self) -> Part:
        [found] = self.program.entries.values()
        return found

    def is_empty(self) -> bool:
        return not self.program.entries


@pytest.fixture
def workshop() -> Workshop:
    return WorkshopFactory.create(title="Fügen", place="Halle 3", address="Gasse 1, Görlitz", capacity=5)


def changed(workshop: Workshop, actor: Stakeholder, **fields: Any) -> Workshop:
    edited = Workshop.objects.get(pk=workshop.pk)
    for name, value in fields.items():
        setattr(edited, name, value)
    return change_workshop(workshop=edited, actor=actor)


def test_every_update_reaches_the_calendar(cast: Cast, workshop: Workshop) -> None:
    """Registered, moved in time, moved in place, postponed, a new date, given up, back again, cancelled."""
    inbox, person, office = Inbox(cast.stakeholder), cast.stakeholder, cast.project_office
    registration = register(workshop=workshop, person=person, actor=person)
    assert inbox.open() == ["REQUEST"]
    assert inbox.entry().text("LOCATION") == "Halle 3, Gasse 1, Görlitz"

    later = workshop.starts_at + timedelta(days=1)
    changed(workshop, office, starts_at=later, ends_at=later + timedelta(hours=2))
    assert inbox.open() == ["REQUEST"]
    assert inbox.entry().start == later.astimezone(UTC).replace(microsecond=0)

    changed(workshop, office, place="Halle 4")
    assert inbox.open() == ["REQUEST"]
    assert inbox.entry().text("LOCATION") == "Halle 4, Gasse 1, Görlitz"

    postpone_workshop(workshop=workshop, actor=office)
    assert inbox.open() == ["CANCEL"]
    assert inbox.is_empty()

    newest = later + timedelta(days=30)
    changed(workshop, office, starts_at=newest, ends_at=newest + timedelta(hours=2))
    assert inbox.open() == []
    publish_workshop(workshop=workshop, actor=office)
    assert inbox.open() == ["REQUEST"]
    assert inbox.entry().start == newest.astimezone(UTC).replace(microsecond=0)

    cancel(registration=registration, actor=person)
    assert inbox.open() == ["CANCEL"]
    assert inbox.is_empty()

    register(workshop=workshop, person=person, actor=person)
    assert inbox.open() == ["REQUEST"]

    cancel_workshop(workshop=workshop, actor=office)
    assert inbox.open() == ["CANCEL"]
    assert inbox.is_empty()


def test_somebody_may_come_and_go_as_often_as_they_like(cast: Cast, workshop: Workshop) -> None:
    inbox, person = Inbox(cast.stakeholder), cast.stakeholder
    for _time in range(4):
        registration = register(workshop=workshop, person=person, actor=person)
        assert inbox.open() == ["REQUEST"]
        cancel(registration=registration, actor=person)
        assert inbox.open() == ["CANCEL"]


def test_invitation_becomes_a_place_in_the_same_entry(cast: Cast, workshop: Workshop) -> None:
    inbox, person, office = Inbox(cast.stakeholder), cast.stakeholder, cast.project_office
    invitation = InvitationFactory.create(workshop=workshop, person=person)
    inbox.program.receive(mails.message("invitation", invitation).attachments[0].content)
    register(workshop=workshop, person=person, actor=person)
    assert inbox.open() == ["REQUEST"]
    postpone_workshop(workshop=workshop, actor=office)
    assert inbox.open() == ["CANCEL"]
    assert inbox.is_empty()


def test_who_gave_up_the_place_may_be_invited_and_come_after_all(cast: Cast, workshop: Workshop) -> None:
    inbox, person = Inbox(cast.stakeholder), cast.stakeholder
    cancel(registration=register(workshop=workshop, person=person, actor=person), actor=person)
    registration = Registration.objects.select_related("workshop", "person").get()
    inbox.program.receive(mails.message("registration_cancelled", registration).attachments[0].content)
    invitation = InvitationFactory.create(workshop=workshop, person=person)
    inbox.program.receive(mails.message("invitation", invitation).attachments[0].content)
    inbox.read = OutgoingMail.objects.latest("pk").pk
    register(workshop=workshop, person=person, actor=person)
    assert inbox.open() == ["REQUEST"]
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    assert inbox.open() == ["CANCEL"]


def test_who_never_answered_sees_each_turn_of_the_event(cast: Cast, workshop: Workshop) -> None:
    inbox, office = Inbox(cast.stakeholder), cast.project_office
    invitation = InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    inbox.program.receive(mails.message("invitation", invitation).attachments[0].content)
    postpone_workshop(workshop=workshop, actor=office)
    assert inbox.open() == ["CANCEL"]
    publish_workshop(workshop=workshop, actor=office)
    assert inbox.open() == ["REQUEST"]
    cancel_workshop(workshop=workshop, actor=office)
    assert inbox.open() == ["CANCEL"]


def test_place_is_struck_out_when_it_passes_to_a_deputy(cast: Cast, workshop: Workshop) -> None:
    inbox, person = Inbox(cast.stakeholder), cast.stakeholder
    original = InvitationFactory.create(workshop=workshop, person=person)
    inbox.program.receive(mails.message("invitation", original).attachments[0].content)
    registration = register(workshop=workshop, person=person, actor=person)
    assert inbox.open() == ["REQUEST"]
    deputy = InvitationFactory.create(
        workshop=workshop, person=cast.outsider, deputy_of=original, answer=Invitation.Answer.ACCEPTED
    )
    Registration.objects.filter(pk=registration.pk).update(state=Registration.State.CANCELLED)
    [attachment] = mails.message("deputy_accepted", Invitation.objects.get(pk=deputy.pk)).attachments
    inbox.program.receive(attachment.content)
    assert inbox.is_empty()


@pytest.mark.parametrize(
    ("fields", "grows"),
    [
        ({"title": "Neuer Titel"}, True),
        ({"summary": "Neu"}, True),
        ({"room": "Saal 9"}, True),
        ({"mode": Workshop.Mode.HYBRID}, True),
        ({"capacity": 99}, False),
        ({"reserved": 1}, False),
        ({"description": "Neu"}, False),
    ],
)
def test_only_what_an_entry_shows_counts_as_an_update(
    fields: dict[str, Any], grows: bool, cast: Cast, workshop: Workshop
) -> None:
    before = Workshop.objects.get()
    after = changed(workshop, cast.project_office, **fields)
    after.refresh_from_db()
    assert (after.calendar_sequence > before.calendar_sequence) == grows
    assert (after.entry_changed_at != before.entry_changed_at) == grows


def feed(browser: Browser) -> dict[str, Part]:
    root = parse(browser.get("/veranstaltungen/kalender.ics").content.decode())
    return {event.text("SUMMARY"): event for event in events(root)}


def test_feed_follows_every_turn_of_an_event(cast: Cast, client: Browser, workshop: Workshop) -> None:
    office, last = cast.project_office, -1
    steps: list[tuple[Callable[[], object], str]] = [
        (lambda: changed(workshop, office, place="Halle 4"), "CONFIRMED"),
        (lambda: postpone_workshop(workshop=workshop, actor=office), "CANCELLED"),
        (lambda: publish_workshop(workshop=workshop, actor=office), "CONFIRMED"),
        (lambda: cancel_workshop(workshop=workshop, actor=office), "CANCELLED"),
    ]
    for step, status in steps:
        step()
        event = feed(client)["Fügen"]
        assert event.one("STATUS").value == status
        assert event.sequence > last
        last = event.sequence


def test_mails_of_every_kind_carry_strict_files(cast: Cast) -> None:
    """With texts that fold, escape and are not ASCII, for each kind of row and each state it can have."""
    workshop = WorkshopFactory.create(
        title="Fügen; Schweißen, " + "ä" * 90,
        place="Halle\\3",
        room="Ü",
        online_url="https://konferenz.example/x?a=1;b",
    )
    original = InvitationFactory.create(workshop=workshop)
    rows: list[Invitation | Registration] = [original]
    rows += [InvitationFactory.create(workshop=workshop, deputy_of=original)]
    for state in Registration.State:
        rows.append(RegistrationFactory.create(workshop=workshop, state=state, person=StakeholderFactory.create()))
    methods = set()
    for kind in mails.MAILS:
        for row in rows:
            if kind.startswith(("invitation", "deputy")) != isinstance(row, Invitation) and "workshop" not in kind:
                continue
            for attachment in mails.message(kind, row).attachments:
                if attachment.content_type.startswith("text/calendar"):
                    methods.add(parse(attachment.content).one("METHOD").value)
    assert methods == {"REQUEST", "CANCEL"}
