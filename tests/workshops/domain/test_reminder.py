from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from stakeholders.models import AuditEntry, Stakeholder
from tests.cast import Cast
from tests.factories.workshops import InvitationFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops import tasks
from workshops.domain.registration import cancel, register
from workshops.domain.reminder import post_due_reminders
from workshops.domain.workshop import change_workshop
from workshops.models import Workshop

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def near(**fields: object) -> Workshop:
    """Starts in three hours; the reminder is due since one hour."""
    start = timezone.now() + timedelta(hours=3)
    return WorkshopFactory.create(**{"starts_at": start, "remind_hours_before": 4, **fields})


def come(workshop: Workshop, person: Stakeholder) -> None:
    register(workshop=workshop, person=person, actor=person)


def test_reminder_goes_once_and_only_to_who_holds_a_place(cast: Cast) -> None:
    workshop = near(capacity=2)
    come(workshop, cast.stakeholder)
    come(workshop, cast.colleague)
    come(workshop, cast.outsider)
    cancel(registration=cast.colleague.registrations.get(), actor=cast.colleague)
    InvitationFactory.create(workshop=workshop, person=cast.ministry)
    assert post_due_reminders() == 2
    assert post_due_reminders() == 0
    assert kinds(cast.stakeholder).count("reminder") == 1
    assert kinds(cast.outsider) == ["registration_waiting", "registration_moved_up", "reminder"]
    assert "reminder" not in kinds(cast.colleague)
    assert kinds(cast.ministry) == []
    assert AuditEntry.objects.get(verb="reminders_posted").facts == {"people": 2}


def test_reminder_leaves_the_waiting_list_alone(cast: Cast) -> None:
    workshop = near(capacity=0)
    come(workshop, cast.stakeholder)
    assert post_due_reminders() == 0
    assert kinds(cast.stakeholder) == ["registration_waiting"]


def test_reminder_is_not_due_a_second_before_its_time(cast: Cast) -> None:
    workshop = near()
    come(workshop, cast.stakeholder)
    due = workshop.reminder_due_at
    assert due
    assert post_due_reminders(now=due - timedelta(seconds=1)) == 0
    assert post_due_reminders(now=due) == 1


def test_reminder_still_goes_after_an_hour_without_beat_but_never_after_the_start(cast: Cast) -> None:
    workshop = near()
    come(workshop, cast.stakeholder)
    assert post_due_reminders(now=workshop.starts_at) == 0
    assert post_due_reminders(now=workshop.starts_at + timedelta(hours=1)) == 0
    assert post_due_reminders(now=workshop.starts_at - timedelta(seconds=1)) == 1


@pytest.mark.parametrize("fields", [{"remind_hours_before": None}, {"state": Workshop.State.CANCELLED}])
def test_reminder_is_off(fields: dict[str, object], cast: Cast) -> None:
    workshop = near()
    come(workshop, cast.stakeholder)
    Workshop.objects.update(**fields)
    assert post_due_reminders() == 0


def test_who_comes_after_the_reminder_gets_the_confirmation_only(cast: Cast) -> None:
    workshop = near()
    post_due_reminders()
    come(workshop, cast.stakeholder)
    assert post_due_reminders() == 0
    assert kinds(cast.stakeholder) == ["registration_confirmed"]


def test_a_later_start_plans_the_reminder_anew(cast: Cast) -> None:
    workshop = near()
    come(workshop, cast.stakeholder)
    assert post_due_reminders() == 1
    workshop.starts_at += timedelta(days=7)
    workshop.ends_at += timedelta(days=7)
    change_workshop(workshop=workshop, actor=cast.project_office)
    assert post_due_reminders() == 0
    assert post_due_reminders(now=workshop.starts_at - timedelta(hours=1)) == 1
    assert kinds(cast.stakeholder).count("reminder") == 2


def test_a_start_moved_by_less_than_the_reminder_time_is_told_but_not_reminded_twice(cast: Cast) -> None:
    workshop = near()
    come(workshop, cast.stakeholder)
    post_due_reminders()
    workshop.starts_at += timedelta(minutes=30)
    change_workshop(workshop=workshop, actor=cast.project_office)
    assert post_due_reminders() == 0
    assert kinds(cast.stakeholder) == ["registration_confirmed", "reminder", "workshop_changed"]


def test_reminder_time_across_the_change_to_summer_time_is_counted_in_passing_hours() -> None:
    start = datetime(2027, 3, 28, 10, 0, tzinfo=BERLIN)
    workshop = WorkshopFactory.build(starts_at=start, remind_hours_before=24)
    assert workshop.reminder_due_at
    assert workshop.reminder_due_at.astimezone(BERLIN).replace(tzinfo=None) == datetime(2027, 3, 27, 9, 0)  # noqa: DTZ001


def test_the_task_calls_the_domain(cast: Cast) -> None:
    come(near(), cast.stakeholder)
    assert tasks.post_due_reminders() == 1
    assert tasks.post_due_reminders.name == "workshops.tasks.post_due_reminders"
