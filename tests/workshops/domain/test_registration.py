from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.post import kinds, last_mail, personal_path
from workshops.domain.place import fill_places
from workshops.domain.registration import cancel, register
from workshops.models import Invitation, Registration, Workshop

State = Registration.State
pytestmark = pytest.mark.django_db


def come(workshop: Workshop, person: Stakeholder | None = None) -> Registration:
    person = person or StakeholderFactory.create()
    return register(workshop=workshop, person=person, actor=person)


def states(workshop: Workshop) -> list[str]:
    return list(Registration.objects.filter(workshop=workshop).order_by("arrival").values_list("state", flat=True))


def test_register_gives_places_until_they_are_gone_and_then_the_waiting_list() -> None:
    workshop = WorkshopFactory.create(capacity=2)
    arrivals = [come(workshop).arrival for _ in range(4)]
    assert arrivals == [1, 2, 3, 4]
    assert states(workshop) == [State.CONFIRMED, State.CONFIRMED, State.WAITING, State.WAITING]


def test_register_without_limit_always_gives_a_place() -> None:
    workshop = WorkshopFactory.create(capacity=None)
    assert {come(workshop).state for _ in range(5)} == {State.CONFIRMED}


def test_register_at_an_event_without_places_waits() -> None:
    assert come(WorkshopFactory.create(capacity=0)).state == State.WAITING


def test_register_twice_keeps_the_row_and_sends_one_mail(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    first = come(workshop, cast.stakeholder)
    second = come(workshop, cast.stakeholder)
    assert (second.pk, second.arrival) == (first.pk, first.arrival)
    assert kinds(cast.stakeholder) == ["registration_confirmed"]
    assert AuditEntry.objects.filter(verb="registration_confirmed").count() == 1


def test_register_again_after_the_deadline_keeps_the_place(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    come(workshop, cast.stakeholder)
    Workshop.objects.update(registration_closes_at=timezone.now() - timedelta(hours=1))
    assert come(workshop, cast.stakeholder).state == State.CONFIRMED


def test_register_notes_who_did_it(cast: Cast) -> None:
    registration = register(workshop=WorkshopFactory.create(), person=cast.stakeholder, actor=cast.project_office)
    entry = AuditEntry.objects.get(verb="registration_confirmed")
    assert entry.actor == cast.project_office
    assert entry.target == registration
    asked = {"kind": "on_site", "companions": 0, "entitled": False}
    assert entry.facts == {"person": cast.stakeholder.pk, "arrival": 1, **asked}


def test_cancel_lets_the_first_of_the_waiting_list_move_up_with_a_mail(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    held = come(workshop, cast.stakeholder)
    come(workshop, cast.colleague)
    come(workshop, cast.outsider)
    cancel(registration=held, actor=cast.stakeholder)
    assert states(workshop) == [State.CANCELLED, State.CONFIRMED, State.WAITING]
    assert kinds(cast.stakeholder) == ["registration_confirmed", "registration_cancelled"]
    assert kinds(cast.colleague) == ["registration_waiting", "registration_moved_up"]
    assert kinds(cast.outsider) == ["registration_waiting"]
    assert AuditEntry.objects.get(verb="registration_moved_up").actor is None


def test_cancel_from_the_waiting_list_moves_nobody_up(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    come(workshop)
    waiting = come(workshop, cast.stakeholder)
    come(workshop)
    cancel(registration=waiting, actor=cast.stakeholder)
    assert states(workshop) == [State.CONFIRMED, State.CANCELLED, State.WAITING]
    assert last_mail(cast.stakeholder).attachments == []


def test_cancel_twice_is_harmless(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    held = come(workshop, cast.stakeholder)
    come(workshop)
    come(workshop)
    cancel(registration=held, actor=cast.stakeholder)
    cancel(registration=held, actor=cast.stakeholder)
    assert states(workshop) == [State.CANCELLED, State.CONFIRMED, State.WAITING]
    assert kinds(cast.stakeholder).count("registration_cancelled") == 1


def test_coming_back_is_a_later_arrival_with_new_mails(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    held = come(workshop, cast.stakeholder)
    come(workshop)
    cancel(registration=held, actor=cast.stakeholder)
    back = come(workshop, cast.stakeholder)
    assert (back.pk, back.arrival, back.state) == (held.pk, 3, State.WAITING)
    assert back.cancelled_at is None
    assert kinds(cast.stakeholder) == ["registration_confirmed", "registration_cancelled", "registration_waiting"]


def test_every_round_of_coming_and_going_is_told(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1)
    for _ in range(2):
        cancel(registration=come(workshop, cast.stakeholder), actor=cast.stakeholder)
    assert kinds(cast.stakeholder) == ["registration_confirmed", "registration_cancelled"] * 2


def test_fill_places_moves_up_in_order_of_arrival() -> None:
    workshop = WorkshopFactory.create(capacity=1)
    rows = [come(workshop) for _ in range(4)]
    Workshop.objects.update(capacity=3)
    moved = fill_places(workshop=workshop)
    assert [row.pk for row in moved] == [rows[1].pk, rows[2].pk]
    assert fill_places(workshop=workshop) == []


def test_fill_places_after_fewer_places_takes_nobody_away() -> None:
    workshop = WorkshopFactory.create(capacity=3)
    for _ in range(4):
        come(workshop)
    Workshop.objects.update(capacity=1)
    assert fill_places(workshop=workshop) == []
    assert states(workshop) == [State.CONFIRMED] * 3 + [State.WAITING]


def test_fill_places_after_the_start_does_nothing() -> None:
    workshop = WorkshopFactory.create(capacity=0)
    come(workshop)
    Workshop.objects.update(capacity=1, starts_at=timezone.now() - timedelta(minutes=1))
    assert fill_places(workshop=workshop) == []


NOW = timezone.now()
CLOSED: dict[str, tuple[dict[str, Any], str]] = {
    "draft": ({"state": Workshop.State.DRAFT}, "noch nicht veröffentlicht"),
    "cancelled": ({"state": Workshop.State.CANCELLED}, "ist abgesagt"),
    "deadline": ({"registration_closes_at": NOW - timedelta(hours=1)}, "Anmeldung ist geschlossen"),
    "begun": ({"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(days=1)}, "schon begonnen"),
    "over": ({"starts_at": NOW - timedelta(days=2), "ends_at": NOW - timedelta(days=1)}, "schon begonnen"),
    "invitation": ({"open_registration": False}, "lädt das Projektbüro ein"),
}


@pytest.mark.parametrize("reason", CLOSED)
def test_register_refuses_with_the_reason(reason: str, cast: Cast) -> None:
    fields, sentence = CLOSED[reason]
    workshop = WorkshopFactory.create(**fields)
    with pytest.raises(Refusal, match=sentence):
        come(workshop, cast.stakeholder)
    assert not Registration.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_register_by_invitation_only_accepts_the_invitation(cast: Cast) -> None:
    invitation = InvitationFactory.create(workshop__open_registration=False, person=cast.stakeholder)
    assert come(invitation.workshop, cast.stakeholder).state == State.CONFIRMED
    invitation.refresh_from_db()
    assert invitation.answer == Invitation.Answer.ACCEPTED
    assert invitation.answered_at


def test_cancel_in_person_declines_the_invitation(cast: Cast) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder)
    cancel(registration=come(invitation.workshop, cast.stakeholder), actor=cast.stakeholder)
    invitation.refresh_from_db()
    assert invitation.answer == Invitation.Answer.DECLINED


def test_cancel_by_the_project_office_leaves_the_answer(cast: Cast) -> None:
    invitation = InvitationFactory.create(person=cast.stakeholder)
    cancel(registration=come(invitation.workshop, cast.stakeholder), actor=cast.project_office)
    invitation.refresh_from_db()
    assert invitation.answer == Invitation.Answer.ACCEPTED


@pytest.mark.parametrize("fields", [{"state": Workshop.State.CANCELLED}, {"starts_at": NOW - timedelta(hours=1)}])
def test_cancel_refuses_once_the_event_has_begun_or_is_called_off(fields: dict[str, object], cast: Cast) -> None:
    registration = come(WorkshopFactory.create(), cast.stakeholder)
    Workshop.objects.update(**fields)
    with pytest.raises(Refusal, match="kann nicht mehr frei werden"):
        cancel(registration=registration, actor=cast.stakeholder)
    registration.refresh_from_db()
    assert registration.state == State.CONFIRMED


def test_cancel_is_possible_after_the_deadline(cast: Cast) -> None:
    registration = come(WorkshopFactory.create(), cast.stakeholder)
    Workshop.objects.update(registration_closes_at=NOW - timedelta(hours=1))
    assert cancel(registration=registration, actor=cast.stakeholder).state == State.CANCELLED


def test_the_link_of_the_mail_belongs_to_the_registration(cast: Cast) -> None:
    registration = come(WorkshopFactory.create(), cast.stakeholder)
    assert personal_path(last_mail(cast.stakeholder)).startswith(f"/anmeldung/{registration.pk}.")
