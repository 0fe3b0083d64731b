from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import QuestionFactory, RegistrationFactory, WorkshopFactory
from tests.workshops.post import kinds, last_mail
from workshops.domain.admission import approve, confirm, lapse_offers, refuse
from workshops.domain.question import keep_answers
from workshops.domain.registration import cancel, register
from workshops.models import Answer, Registration, Workshop

State = Registration.State
pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def ask(workshop: Workshop, person: Stakeholder | None = None) -> Registration:
    person = person or StakeholderFactory.create()
    return register(workshop=workshop, person=person, actor=person)


def state(row: Registration) -> str:
    return Registration.objects.get(pk=row.pk).state


def offered(workshop: Workshop, **fields: object) -> Registration:
    values = {"state": State.OFFERED, "confirm_by": timezone.now() + HOUR, **fields}
    row: Registration = RegistrationFactory.create(workshop=workshop, **values)
    return row


def test_requests_take_no_place_until_they_are_approved(cast: Cast) -> None:
    workshop = WorkshopFactory.create(needs_approval=True, capacity=1)
    rows = [ask(workshop) for _ in range(3)]
    assert [row.state for row in rows] == [State.REQUESTED] * 3
    assert kinds(rows[0].person) == ["registration_requested"]
    approve(registration=rows[1], actor=cast.project_office)
    assert state(rows[1]) == State.CONFIRMED
    assert kinds(rows[1].person) == ["registration_requested", "registration_confirmed"]


def test_approved_people_stand_in_line_as_of_when_they_asked(cast: Cast) -> None:
    workshop = WorkshopFactory.create(needs_approval=True, capacity=1)
    first, second, third = (ask(workshop) for _ in range(3))
    for row in (third, second, first):
        approve(registration=row, actor=cast.project_office)
    assert [state(row) for row in (first, second, third)] == [State.WAITING, State.WAITING, State.CONFIRMED]
    cancel(registration=third, actor=third.person)
    assert [state(row) for row in (first, second)] == [State.CONFIRMED, State.WAITING]


def test_who_is_approved_need_not_confirm_what_is_free(cast: Cast) -> None:
    workshop = WorkshopFactory.create(needs_approval=True, confirm_hours=24)
    assert approve(registration=ask(workshop), actor=cast.project_office).state == State.CONFIRMED


def test_approving_twice_is_harmless(cast: Cast) -> None:
    row = ask(WorkshopFactory.create(needs_approval=True))
    for _ in range(2):
        approve(registration=row, actor=cast.project_office)
    assert kinds(row.person) == ["registration_requested", "registration_confirmed"]
    assert AuditEntry.objects.filter(verb="registration_approved").count() == 1


def test_the_office_approves_also_after_people_stopped_moving_up(cast: Cast) -> None:
    workshop = WorkshopFactory.create(needs_approval=True, capacity=1)
    first, second = ask(workshop), ask(workshop)
    Workshop.objects.update(moves_up_until=timezone.now() - HOUR)
    assert approve(registration=second, actor=cast.project_office).state == State.CONFIRMED
    assert approve(registration=first, actor=cast.project_office).state == State.WAITING
    cancel(registration=second, actor=second.person)
    third = ask(workshop)
    assert approve(registration=third, actor=cast.project_office).state == State.WAITING, "the first one waits longer"


def test_what_was_refused_can_be_approved_later(cast: Cast) -> None:
    row = ask(WorkshopFactory.create(needs_approval=True))
    refuse(registration=row, actor=cast.project_office, reason="Kein Bezug zum Thema.")
    assert kinds(row.person)[-1] == "registration_refused"
    assert "Kein Bezug zum Thema." in last_mail(row.person).text
    assert approve(registration=row, actor=cast.project_office).state == State.CONFIRMED
    assert Registration.objects.get().refusal_reason == ""


def test_what_was_refused_is_not_approved_beyond_the_quota(cast: Cast) -> None:
    workshop = WorkshopFactory.create(needs_approval=True, organisation_quota=1)
    row = ask(workshop, cast.stakeholder)
    refuse(registration=row, actor=cast.project_office, reason="Kein Bezug zum Thema.")
    ask(workshop, cast.colleague)
    with pytest.raises(Refusal, match="kann höchstens 1 Person teilnehmen"):
        approve(registration=row, actor=cast.project_office)
    assert state(row) == State.REFUSED


@pytest.mark.parametrize("fields", [{"state": Workshop.State.CANCELLED}, {"starts_at": timezone.now() - HOUR}])
def test_nothing_is_decided_once_the_event_began_or_is_called_off(fields: dict[str, object], cast: Cast) -> None:
    row = ask(WorkshopFactory.create(needs_approval=True))
    Workshop.objects.update(**fields)
    with pytest.raises(Refusal, match="nichts mehr zu entscheiden"):
        approve(registration=row, actor=cast.project_office)


def test_refusing_needs_a_reason(cast: Cast) -> None:
    row = ask(WorkshopFactory.create(needs_approval=True))
    with pytest.raises(Refusal, match="nennen Sie einen Grund") as caught:
        refuse(registration=row, actor=cast.project_office, reason="  ")
    assert caught.value.field == "reason"
    assert state(row) == State.REQUESTED


@pytest.mark.parametrize("known", [State.CONFIRMED, State.WAITING, State.OFFERED, State.CANCELLED])
def test_only_what_is_open_is_refused(known: str, cast: Cast) -> None:
    row = RegistrationFactory.create(state=known)
    with pytest.raises(Refusal, match="schon entschieden"):
        refuse(registration=row, actor=cast.project_office, reason="Kein Bezug zum Thema.")
    assert state(row) == known


def test_refusing_twice_is_harmless(cast: Cast) -> None:
    row = ask(WorkshopFactory.create(needs_approval=True))
    for _ in range(2):
        refuse(registration=row, actor=cast.project_office, reason="Kein Bezug zum Thema.")
    assert AuditEntry.objects.filter(verb="registration_refused").count() == 1


def test_who_was_refused_does_not_register_again_but_the_office_may(cast: Cast) -> None:
    workshop = WorkshopFactory.create(needs_approval=True)
    row = ask(workshop, cast.stakeholder)
    refuse(registration=row, actor=cast.project_office, reason="Kein Bezug zum Thema.")
    with pytest.raises(Refusal, match="konnte Ihre Anmeldung nicht annehmen"):
        ask(workshop, cast.stakeholder)
    back = register(workshop=workshop, person=cast.stakeholder, actor=cast.project_office, channel="phone")  # type: ignore[arg-type]
    assert (back.pk, back.state) == (row.pk, State.CONFIRMED)


def test_confirming_in_time_keeps_the_place(cast: Cast) -> None:
    row = offered(WorkshopFactory.create(), person=cast.stakeholder)
    for _ in range(2):
        confirm(registration=row, actor=cast.stakeholder)
    row.refresh_from_db()
    assert (row.state, row.confirm_by) == (State.CONFIRMED, None)
    assert row.confirmed_at
    assert kinds(cast.stakeholder) == ["registration_confirmed"]


@pytest.mark.parametrize("known", [State.WAITING, State.REQUESTED, State.CANCELLED, State.REFUSED])
def test_only_what_was_offered_is_confirmed(known: str) -> None:
    row = RegistrationFactory.create(state=known)
    with pytest.raises(Refusal, match="ist abgelaufen"):
        confirm(registration=row, actor=row.person)
    assert state(row) == known


def test_confirming_too_late_is_refused_even_before_the_place_was_taken_back() -> None:
    row = offered(WorkshopFactory.create(), confirm_by=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refusal, match="ist abgelaufen"):
        confirm(registration=row, actor=row.person)


def test_offers_lapse_once_and_the_next_is_asked(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1, confirm_hours=24)
    late = offered(workshop, person=cast.stakeholder, arrival=1, confirm_by=timezone.now() - HOUR)
    keep_answers(late, {QuestionFactory.create(workshop=workshop).pk: "vegan"})
    waiting = RegistrationFactory.create(workshop=workshop, state=State.WAITING, arrival=2)
    assert lapse_offers() == 1
    assert lapse_offers() == 0
    late.refresh_from_db()
    assert (late.state, late.is_lapsed) == (State.CANCELLED, True)
    assert state(waiting) == State.OFFERED
    assert kinds(cast.stakeholder) == ["registration_lapsed"]
    assert not Answer.objects.exists()
    assert not AuditEntry.objects.get(verb="registration_lapsed").actor


def test_offers_in_time_and_places_that_are_confirmed_do_not_lapse() -> None:
    workshop = WorkshopFactory.create()
    offered(workshop, arrival=1)
    RegistrationFactory.create(workshop=workshop, arrival=2)
    assert lapse_offers() == 0


def test_coming_back_after_a_lapsed_offer_is_a_later_arrival() -> None:
    workshop = WorkshopFactory.create(capacity=1, confirm_hours=24)
    late = offered(workshop, arrival=1, confirm_by=timezone.now() - HOUR)
    lapse_offers()
    back = ask(workshop, late.person)
    assert (back.state, back.is_lapsed, back.confirm_by) == (State.CONFIRMED, False, None)


def test_while_an_event_is_postponed_offers_do_not_lapse_and_can_be_confirmed() -> None:
    workshop = WorkshopFactory.create(confirm_hours=24, state=Workshop.State.POSTPONED)
    row = offered(workshop, confirm_by=timezone.now() - HOUR)
    assert lapse_offers() == 0
    assert confirm(registration=row, actor=row.person).state == State.CONFIRMED
