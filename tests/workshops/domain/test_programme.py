from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.factories.workshops import RegistrationFactory, SessionFactory, WorkshopFactory
from workshops.domain.programme import choose_sessions, chosen_sessions
from workshops.domain.registration import cancel, change, register
from workshops.domain.wish import Wish
from workshops.models import Registration, Session, SessionPlace, Workshop

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def workshop() -> Workshop:
    row: Workshop = WorkshopFactory.create(companions=2)
    return row


def offer(workshop: Workshop, **fields: object) -> Session:
    session: Session = SessionFactory.create(workshop=workshop, own_registration=True, **fields)
    return session


def choose(registration: Registration, *sessions: Session) -> Registration:
    numbers = [session.pk for session in sessions]
    return choose_sessions(registration=registration, sessions=numbers, actor=registration.person)


def test_sessions_are_taken_and_given_back(workshop: Workshop) -> None:
    row = RegistrationFactory.create(workshop=workshop)
    one, two = offer(workshop), offer(workshop, starts_at=workshop.starts_at + HOUR)
    choose(row, one, two)
    assert chosen_sessions(row) == [one, two]
    choose(row, two)
    choose(row, two)
    assert chosen_sessions(row) == [two]
    assert AuditEntry.objects.filter(verb="sessions_chosen").count() == 2


def test_a_full_session_is_refused_by_name(workshop: Workshop) -> None:
    session = offer(workshop, capacity=1, title="Wasserstoff")
    first, second = RegistrationFactory.create_batch(2, workshop=workshop)
    choose(first, session)
    with pytest.raises(Refusal, match="In „Wasserstoff“ ist kein Platz mehr frei") as caught:
        choose(second, session)
    assert caught.value.field == "sessions"
    assert session.places.get().registration == first


def test_companions_take_seats_in_a_session(workshop: Workshop) -> None:
    session = offer(workshop, capacity=3)
    choose(RegistrationFactory.create(workshop=workshop, companions=1), session)
    with pytest.raises(Refusal, match="nicht genug Plätze für Sie und Ihre Begleitung"):
        choose(RegistrationFactory.create(workshop=workshop, companions=1), session)
    choose(RegistrationFactory.create(workshop=workshop), session)


def test_more_companions_than_a_chosen_session_has_room_for_are_refused(workshop: Workshop) -> None:
    session = offer(workshop, capacity=2)
    row = RegistrationFactory.create(workshop=workshop)
    choose(row, session)
    with pytest.raises(Refusal, match="nicht genug Plätze"):
        change(registration=row, wish=Wish(companions=2), actor=row.person)
    row.refresh_from_db()
    assert row.companions == 0
    change(registration=row, wish=Wish(companions=2, sessions=[]), actor=row.person)
    row.refresh_from_db()
    assert (row.companions, chosen_sessions(row)) == (2, [])


def test_sessions_at_the_same_time_are_refused_and_both_named(workshop: Workshop) -> None:
    one = offer(workshop, title="Wasserstoff")
    two = offer(workshop, title="Lithium", starts_at=workshop.starts_at + HOUR / 2)
    row = RegistrationFactory.create(workshop=workshop)
    with pytest.raises(Refusal, match="„Wasserstoff“ und „Lithium“ finden gleichzeitig statt"):
        choose(row, one, two)
    assert not SessionPlace.objects.exists()


def test_sessions_one_after_the_other_are_not_at_the_same_time(workshop: Workshop) -> None:
    one, two = offer(workshop), offer(workshop, starts_at=workshop.starts_at + HOUR)
    row = RegistrationFactory.create(workshop=workshop)
    choose(row, two, one)
    assert SessionPlace.objects.count() == 2


@pytest.mark.parametrize("state", ["waiting", "requested", "cancelled", "refused"])
def test_only_who_holds_a_place_chooses(state: str, workshop: Workshop) -> None:
    row = RegistrationFactory.create(workshop=workshop, state=state)
    with pytest.raises(Refusal, match="sobald Sie einen Platz haben"):
        choose(row, offer(workshop))
    assert not SessionPlace.objects.exists()


def test_who_is_offered_a_place_may_choose(workshop: Workshop) -> None:
    session = offer(workshop)
    choose(RegistrationFactory.create(workshop=workshop, state="offered", confirm_by=timezone.now() + HOUR), session)
    assert session.places.exists()


def test_a_session_of_another_event_or_without_registration_is_refused(workshop: Workshop) -> None:
    row = RegistrationFactory.create(workshop=workshop)
    for session in (offer(WorkshopFactory.create()), SessionFactory.create(workshop=workshop)):
        with pytest.raises(Refusal, match="gibt es nicht mehr"):
            choose(row, session)


def test_what_somebody_has_stays_when_the_session_becomes_smaller(workshop: Workshop) -> None:
    session = offer(workshop)
    other = offer(workshop, starts_at=workshop.starts_at + HOUR)
    row = RegistrationFactory.create(workshop=workshop)
    choose(row, session)
    Session.objects.filter(pk=session.pk).update(capacity=0)
    choose(row, session, other)
    assert len(chosen_sessions(row)) == 2


def test_sessions_can_be_chosen_after_the_deadline_but_not_after_the_start(workshop: Workshop) -> None:
    session = offer(workshop)
    row = RegistrationFactory.create(workshop=workshop)
    Workshop.objects.update(registration_closes_at=timezone.now() - HOUR)
    choose(row, session)
    Workshop.objects.update(starts_at=timezone.now() - HOUR)
    with pytest.raises(Refusal, match="hat begonnen"):
        choose(row)
    assert session.places.exists()


def test_cancelling_frees_the_sessions(workshop: Workshop) -> None:
    session = offer(workshop, capacity=1)
    first, second = RegistrationFactory.create_batch(2, workshop=workshop)
    choose(first, session)
    cancel(registration=first, actor=first.person)
    choose(second, session)
    assert session.places.get().registration == second


def test_registering_for_a_full_session_registers_nobody(workshop: Workshop) -> None:
    session = offer(workshop, capacity=0)
    row = RegistrationFactory.create(workshop=workshop)
    person = row.person
    row.delete()
    with pytest.raises(Refusal, match="kein Platz mehr frei"):
        register(workshop=workshop, person=person, actor=person, wish=Wish(sessions=[session.pk]))
    assert not Registration.objects.exists()
