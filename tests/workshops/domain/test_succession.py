"""What passes over to a deputy, and that places are never exceeded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.cast import Cast
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory
from tests.factories.workshops import InvitationFactory, RegistrationFactory, SessionFactory, WorkshopFactory
from tests.workshops.domain.naming import known, name, state_of
from tests.workshops.post import kinds, last_mail
from workshops.domain.invitation import answer
from workshops.domain.registration import cancel, register
from workshops.domain.wish import Wish
from workshops.models import Invitation, Registration, SessionPlace

pytestmark = pytest.mark.django_db
Answer, State = Invitation.Answer, Registration.State


def test_naming_leaves_the_place_until_the_deputy_accepts(invited: Invitation) -> None:
    answer(invitation=invited, accept=True)
    row = name(invited)
    assert state_of(invited.person) == State.CONFIRMED
    registration = answer(invitation=row, accept=True)
    assert registration
    assert (registration.state, registration.arrival, registration.person) == (State.CONFIRMED, 1, row.person)
    assert state_of(invited.person) == State.CANCELLED
    invited.refresh_from_db()
    assert invited.answer == Answer.DEPUTISED
    assert kinds(invited.person) == ["registration_confirmed", "deputy_accepted"]
    assert kinds(row.person) == ["deputy_invitation", "registration_confirmed"]
    mail = last_mail(invited.person)
    assert "Ruth Beispiel hat zugesagt und kommt als Ihre Vertretung." in mail.text
    assert mail.attachments[0]["name"] == "absage.ics"
    assert mail.person == invited.person
    facts = AuditEntry.objects.get(verb="place_passed_on").facts
    assert facts == {"person": invited.person.pk, "deputy": row.person.pk, "arrival": 1}


def test_nobody_of_the_waiting_list_is_passed_and_nobody_moves_up(cast: Cast, invited: Invitation) -> None:
    answer(invitation=invited, accept=True)
    register(workshop=invited.workshop, person=cast.outsider, actor=cast.outsider)
    row = name(invited)
    answer(invitation=row, accept=True)
    assert [state_of(person) for person in (invited.person, cast.outsider, row.person)] == [
        State.CANCELLED,
        State.WAITING,
        State.CONFIRMED,
    ]
    assert kinds(cast.outsider) == ["registration_waiting"]


def test_the_number_in_the_waiting_list_passes_over(cast: Cast, invited: Invitation) -> None:
    register(workshop=invited.workshop, person=cast.outsider, actor=cast.outsider)
    answer(invitation=invited, accept=True)
    InvitationFactory.create(workshop=invited.workshop, person=cast.colleague)
    register(workshop=invited.workshop, person=cast.colleague, actor=cast.colleague)
    row = name(invited)
    registration = answer(invitation=row, accept=True)
    assert registration
    assert (registration.state, registration.arrival) == (State.WAITING, 2)
    cancel(registration=Registration.objects.get(person=cast.outsider), actor=cast.outsider)
    assert state_of(row.person) == State.CONFIRMED
    assert state_of(cast.colleague) == State.WAITING


def test_an_offered_place_passes_over_and_is_thereby_confirmed(invited: Invitation) -> None:
    until = timezone.now() + timedelta(hours=5)
    RegistrationFactory.create(
        workshop=invited.workshop, person=invited.person, state=State.OFFERED, confirm_by=until, arrival=1
    )
    registration = answer(invitation=name(invited), accept=True)
    assert registration
    assert (registration.state, registration.confirm_by) == (State.CONFIRMED, None)


def test_an_offer_that_was_not_confirmed_in_time_does_not_pass_over(invited: Invitation) -> None:
    late = timezone.now() - timedelta(minutes=1)
    RegistrationFactory.create(
        workshop=invited.workshop, person=invited.person, state=State.OFFERED, confirm_by=late, arrival=1
    )
    row = name(invited)
    with pytest.raises(Refusal, match="abgelaufen"):
        answer(invitation=row, accept=True)
    assert state_of(invited.person) == State.OFFERED


def test_companions_stay_behind_and_their_places_go_to_the_waiting_list(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=2, companions=1)
    invited = InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder, wish=Wish(companions=1))
    register(workshop=workshop, person=cast.outsider, actor=cast.outsider)
    row = name(invited)
    answer(invitation=row, accept=True)
    assert (state_of(row.person), state_of(cast.outsider)) == (State.CONFIRMED, State.CONFIRMED)
    held = Registration.objects.holding()
    assert sum(registration.seats for registration in held) == 2


def test_chosen_sessions_pass_over(invited: Invitation) -> None:
    registration = answer(invitation=invited, accept=True)
    assert registration
    session = SessionFactory.create(workshop=invited.workshop)
    SessionPlace.objects.create(session=session, registration=registration)
    row = name(invited)
    answer(invitation=row, accept=True)
    assert SessionPlace.objects.get().registration.person == row.person


def test_a_deputy_of_somebody_without_answer_registers_like_an_invited_person(cast: Cast) -> None:
    workshop = WorkshopFactory.create(capacity=1, open_registration=False)
    invited = InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    row = name(invited)
    registration = answer(invitation=row, accept=True)
    assert registration
    assert (registration.state, registration.is_entitled) == (State.CONFIRMED, True)
    invited.refresh_from_db()
    assert invited.answer == Answer.DEPUTISED
    assert kinds(invited.person) == ["deputy_accepted"]


def test_a_deputy_who_registers_on_the_page_of_the_event_takes_the_place_over(cast: Cast, invited: Invitation) -> None:
    answer(invitation=invited, accept=True)
    row = name(invited, known(cast.outsider))
    register(workshop=invited.workshop, person=cast.outsider, actor=cast.outsider)
    row.refresh_from_db()
    assert (row.answer, state_of(cast.outsider), state_of(invited.person)) == (
        Answer.ACCEPTED,
        State.CONFIRMED,
        State.CANCELLED,
    )


def test_whose_deputy_comes_cannot_answer_any_more_nor_come_by_the_invitation(cast: Cast) -> None:
    workshop = WorkshopFactory.create(open_registration=False)
    invited = InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    answer(invitation=name(invited), accept=True)
    for accept in (True, False):
        with pytest.raises(Refusal, match="kommt für Sie"):
            answer(invitation=invited, accept=accept)
    with pytest.raises(Refusal, match="lädt das Projektbüro ein"):
        register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    invited.refresh_from_db()
    assert invited.answer == Answer.DEPUTISED


def test_the_limit_of_an_organisation_counts_a_colleague_once_and_others_anew(cast: Cast) -> None:
    workshop = WorkshopFactory.create(organisation_quota=1)
    invited = InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    answer(invitation=invited, accept=True)
    answer(invitation=name(invited, known(cast.colleague)), accept=True)
    assert state_of(cast.colleague) == State.CONFIRMED
    other = OrganisationFactory.create()
    there = StakeholderFactory.create(organisation=other)
    register(workshop=workshop, person=there, actor=there)
    second = InvitationFactory.create(workshop=workshop, person=cast.outsider)
    answer(invitation=second, accept=True)
    row = name(second, known(StakeholderFactory.create(organisation=other)))
    with pytest.raises(Refusal, match="höchstens 1 Person"):
        answer(invitation=row, accept=True)
    assert state_of(cast.outsider) == State.CONFIRMED


def test_a_deputy_who_declined_comes_in_nobodys_place_any_more(cast: Cast) -> None:
    """Neither to an event by invitation only nor with the place of the person who named them."""
    workshop = WorkshopFactory.create(open_registration=False)
    invited = InvitationFactory.create(workshop=workshop, person=cast.stakeholder)
    answer(invitation=invited, accept=True)
    row = name(invited, known(cast.outsider))
    answer(invitation=row, accept=False)
    with pytest.raises(Refusal, match="lädt das Projektbüro ein"):
        register(workshop=workshop, person=cast.outsider, actor=cast.outsider)
    type(workshop).objects.update(open_registration=True)
    register(workshop=workshop, person=cast.outsider, actor=cast.outsider)
    invited.refresh_from_db()
    assert (invited.answer, state_of(cast.stakeholder)) == (Answer.ACCEPTED, State.CONFIRMED)
