from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from stakeholders.domain.writing import write_due
from stakeholders.models import AuditEntry, OutgoingMail, Stakeholder
from tests.cast import Cast
from tests.factories.workshops import (
    InvitationFactory,
    InvitationWaveFactory,
    RegistrationFactory,
    ReminderFactory,
    SessionFactory,
    WorkshopFactory,
)
from tests.workshops.post import kinds
from workshops import tasks
from workshops.domain.registration import cancel, register
from workshops.domain.reminder import post_due_reminders
from workshops.domain.workshop import change_workshop, create_workshop, postpone_workshop, publish_workshop
from workshops.models import Registration, Reminder, SessionPlace, Workshop

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def near(*, hours: int = -4, **fields: object) -> Workshop:
    """Starts in three hours; people came two days ago, the reminder is due since one hour."""
    start = timezone.now() + 3 * HOUR
    workshop: Workshop = WorkshopFactory.create(**{"starts_at": start, **fields})
    ReminderFactory.create(workshop=workshop, hours=hours)
    return workshop


def came(workshop: Workshop, *people: Stakeholder, **fields: object) -> None:
    """Two days ago."""
    before = timezone.now() - timedelta(days=2)
    for person in people:
        RegistrationFactory.create(workshop=workshop, person=person, registered_at=before, **fields)


def move(workshop: Workshop, by: timedelta, office: Stakeholder) -> Workshop:
    row = Workshop.objects.get(pk=workshop.pk)
    row.starts_at, row.ends_at = row.starts_at + by, row.ends_at + by
    return change_workshop(workshop=row, actor=office)


def reminders(person: Stakeholder) -> int:
    return kinds(person).count("reminder")


def test_reminder_goes_once_and_only_to_who_holds_a_place(cast: Cast) -> None:
    workshop = near()
    came(workshop, cast.stakeholder, cast.colleague)
    came(workshop, cast.outsider, state="waiting")
    cancel(registration=cast.colleague.registrations.get(), actor=cast.colleague)
    came(workshop, cast.ministry, state="offered")
    InvitationFactory.create(workshop=workshop, person=cast.project_office)
    assert post_due_reminders() == 1
    assert post_due_reminders() == 0
    people = (cast.stakeholder, cast.colleague, cast.outsider, cast.ministry, cast.project_office)
    assert [reminders(person) for person in people] == [1, 0, 0, 0, 0]
    assert AuditEntry.objects.get(verb="reminders_posted").facts["people"] == 1


@pytest.mark.parametrize(("audience", "index"), [("registered", 0), ("waiting", 1), ("unanswered", 2), ("attended", 3)])
def test_each_audience_is_told_apart(audience: str, index: int, cast: Cast) -> None:
    workshop = near(hours=-4)
    Reminder.objects.update(audience=audience)
    came(workshop, cast.stakeholder)
    came(workshop, cast.colleague, state="waiting")
    InvitationFactory.create(workshop=workshop, person=cast.outsider)
    workshop.invitations.update(invited_at=timezone.now() - timedelta(days=3))
    came(workshop, cast.ministry, attended_at=timezone.now(), state="cancelled")
    post_due_reminders()
    people = (cast.stakeholder, cast.colleague, cast.outsider, cast.ministry)
    assert [reminders(person) for person in people] == [int(place == index) for place in range(4)]
    assert write_due() == 1
    assert OutgoingMail.objects.get(kind="reminder").state == "queued"


def test_those_who_declined_sent_somebody_or_were_told_it_is_the_last_time_are_left_alone() -> None:
    workshop = near()
    Reminder.objects.update(audience="unanswered")
    wave = InvitationWaveFactory.create(workshop=workshop, reminded_at=timezone.now())
    for fields in ({"answer": "declined"}, {"answer": "deputised"}, {"is_draft": True}, {"wave": wave}):
        InvitationFactory.create(workshop=workshop, **fields)
    workshop.invitations.update(invited_at=timezone.now() - timedelta(days=3))
    assert post_due_reminders() == 0


def test_a_kind_of_place_and_a_session_narrow_the_audience(cast: Cast) -> None:
    workshop = near(mode="hybrid")
    session = SessionFactory.create(workshop=workshop)
    came(workshop, cast.stakeholder, kind="online")
    came(workshop, cast.colleague)
    SessionPlace.objects.create(session=session, registration=cast.stakeholder.registrations.get())
    Reminder.objects.update(kind="on_site")
    assert post_due_reminders() == 1
    assert reminders(cast.colleague) == 1
    Reminder.objects.update(kind="", session=session, posted_at=None)
    assert post_due_reminders() == 1
    assert reminders(cast.stakeholder) == 1


def test_reminder_is_not_due_a_second_before_its_time(cast: Cast) -> None:
    workshop = near()
    came(workshop, cast.stakeholder)
    due = workshop.reminders.get().due_at
    assert post_due_reminders(now=due - timedelta(seconds=1)) == 0
    assert post_due_reminders(now=due) == 1


@pytest.mark.parametrize(
    ("anchor", "hours", "last"),
    [
        ("start", -4, timedelta(0)),
        ("start", 1, 3 * HOUR),
        ("deadline", -24, -HOUR),
        ("deadline", 0, timedelta(0)),
        ("end", -1, 3 * HOUR),
        ("end", 24, 3 * HOUR + timedelta(days=8)),
    ],
)
def test_a_beat_that_was_down_sends_late_but_nothing_pointless(
    anchor: str, hours: int, last: timedelta, cast: Cast
) -> None:
    """`last`: when it becomes pointless, as seen from the start. The event lasts three hours, the deadline is an hour
    before it."""
    start = timezone.now() + 12 * HOUR
    workshop = WorkshopFactory.create(starts_at=start, registration_closes_at=start - HOUR)
    ReminderFactory.create(workshop=workshop, anchor=anchor, hours=hours)
    came(workshop, cast.stakeholder)
    assert post_due_reminders(now=start + last) == 0
    assert post_due_reminders(now=start + last - timedelta(seconds=1)) == 1


def test_unanswered_invitations_are_pointless_once_registration_is_closed(cast: Cast) -> None:
    workshop = near(registration_closes_at=timezone.now() + HOUR)
    Reminder.objects.update(audience="unanswered")
    InvitationFactory.create(workshop=workshop, person=cast.outsider)
    workshop.invitations.update(invited_at=timezone.now() - timedelta(days=3))
    assert post_due_reminders(now=timezone.now() + 2 * HOUR) == 0
    assert post_due_reminders() == 1


def test_an_hour_without_beat_loses_nothing_and_doubles_nothing(cast: Cast) -> None:
    """Three reminders fall due while the beat is down; when it is back it runs every minute."""
    workshop = near(hours=-4)
    for minutes in (1, 2):
        ReminderFactory.create(workshop=near(hours=-4, starts_at=workshop.starts_at - timedelta(minutes=minutes)))
    for row in Workshop.objects.all():
        came(row, cast.stakeholder)
        Reminder.objects.filter(workshop=row).exclude(hours=-4).delete()
    back = workshop.starts_at - 3 * HOUR
    assert [post_due_reminders(now=back + timedelta(minutes=minute)) for minute in range(5)] == [3, 0, 0, 0, 0]
    assert reminders(cast.stakeholder) == 3


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_events_that_do_not_take_place_remind_nobody(state: str, cast: Cast) -> None:
    came(near(state=state), cast.stakeholder)
    assert post_due_reminders() == 0


def test_who_comes_after_the_reminder_was_due_gets_the_confirmation_only(cast: Cast) -> None:
    """Also while the beat was down."""
    workshop = near()
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    came(workshop, cast.colleague)
    assert post_due_reminders() == 1
    assert kinds(cast.stakeholder) == ["registration_confirmed"]


def test_an_event_that_moves_later_earlier_and_again_is_reminded_of_anew(cast: Cast) -> None:
    workshop = near()
    came(workshop, cast.stakeholder)
    assert post_due_reminders() == 1
    for days, total in ((7, 2), (-3, 3), (10, 4)):
        workshop = move(workshop, timedelta(days=days), cast.project_office)
        due = workshop.starts_at - 4 * HOUR
        assert post_due_reminders() == 0
        assert post_due_reminders(now=due - timedelta(seconds=1)) == 0
        assert post_due_reminders(now=due + timedelta(minutes=1)) == 1
        assert post_due_reminders(now=due + timedelta(minutes=2)) == 0
        assert reminders(cast.stakeholder) == total


def test_an_event_that_comes_back_to_a_date_is_not_reminded_of_twice_for_that_date(cast: Cast) -> None:
    workshop = near(starts_at=timezone.now() + timedelta(days=10))
    came(workshop, cast.stakeholder)
    assert post_due_reminders(now=workshop.starts_at - HOUR) == 1
    move(workshop, timedelta(days=5), cast.project_office)
    move(workshop, timedelta(days=-5), cast.project_office)
    post_due_reminders(now=workshop.starts_at - HOUR)
    assert reminders(cast.stakeholder) == 1


def test_a_start_moved_by_less_than_the_reminder_time_is_told_but_not_reminded_twice(cast: Cast) -> None:
    workshop = near()
    came(workshop, cast.stakeholder)
    post_due_reminders()
    move(workshop, timedelta(minutes=30), cast.project_office)
    assert post_due_reminders() == 0
    assert kinds(cast.stakeholder) == ["reminder", "workshop_changed"]


def test_a_postponed_event_is_reminded_of_at_its_new_date(cast: Cast) -> None:
    workshop = near()
    came(workshop, cast.stakeholder)
    assert post_due_reminders() == 1
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    workshop = move(workshop, timedelta(days=20), cast.project_office)
    assert post_due_reminders(now=workshop.starts_at - HOUR) == 0
    publish_workshop(workshop=workshop, actor=cast.project_office)
    assert post_due_reminders() == 0
    assert post_due_reminders(now=workshop.starts_at - HOUR) == 1
    assert kinds(cast.stakeholder) == ["reminder", "workshop_postponed", "workshop_rescheduled", "reminder"]


def test_another_deadline_plans_its_reminder_anew(cast: Cast) -> None:
    workshop = near(registration_closes_at=timezone.now() + HOUR)
    Reminder.objects.update(anchor="deadline", hours=-2)
    came(workshop, cast.stakeholder)
    assert post_due_reminders() == 1
    row = Workshop.objects.get()
    row.registration_closes_at = row.starts_at - timedelta(minutes=1)
    change_workshop(workshop=row, actor=cast.project_office)
    assert post_due_reminders() == 0
    assert post_due_reminders(now=timezone.now() + 2 * HOUR) == 1


def test_what_is_written_after_the_start_or_after_the_place_was_given_up_is_withdrawn(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = near()
    came(workshop, cast.stakeholder, cast.colleague)
    assert post_due_reminders() == 2
    Registration.objects.filter(person=cast.colleague).update(state="cancelled")
    write_due()
    states = dict(OutgoingMail.objects.values_list("person", "state"))
    assert states == {cast.stakeholder.pk: "queued", cast.colleague.pk: "cancelled"}
    OutgoingMail.objects.update(state="unwritten")
    monkeypatch.setattr(timezone, "now", lambda: workshop.starts_at)
    write_due()
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # Clocks go forward in the night before: 24 passing hours are 23 on the wall less one night.
        (datetime(2027, 3, 28, 10, 0, tzinfo=BERLIN), datetime(2027, 3, 27, 9, 0, tzinfo=BERLIN)),
        (datetime(2027, 10, 31, 10, 0, tzinfo=BERLIN), datetime(2027, 10, 30, 11, 0, tzinfo=BERLIN)),
        # The start lies in the hour that comes twice: once in summer time, once in winter time.
        (datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN), datetime(2027, 10, 30, 2, 30, tzinfo=BERLIN)),
        (datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN, fold=1), datetime(2027, 10, 30, 3, 30, tzinfo=BERLIN)),
        # The reminder itself falls into the hour that does not exist on the wall.
        (datetime(2027, 3, 29, 2, 30, tzinfo=BERLIN), datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN)),
    ],
)
def test_a_day_before_is_24_passing_hours_also_when_clocks_change(start: datetime, due: datetime, cast: Cast) -> None:
    workshop = WorkshopFactory.create(starts_at=start)
    ReminderFactory.create(workshop=workshop, hours=-24)
    came(workshop, cast.stakeholder)
    assert post_due_reminders(now=due - timedelta(seconds=1)) == 0
    assert post_due_reminders(now=due) == 1
    assert post_due_reminders(now=due + timedelta(hours=2)) == 0
    assert reminders(cast.stakeholder) == 1


def test_a_new_event_has_one_reminder_two_days_before(cast: Cast) -> None:
    create_workshop(workshop=WorkshopFactory.build(), actor=cast.project_office)
    row = Reminder.objects.get()
    assert (row.anchor, row.hours, row.audience) == ("start", -48, "registered")


@pytest.mark.parametrize(("task", "count"), [(tasks.post_due_reminders, 1), (tasks.lapse_offers, 0)])
def test_the_tasks_call_the_domain(task: Callable[[], int], count: int, cast: Cast) -> None:
    came(near(), cast.stakeholder)
    assert task() == count
