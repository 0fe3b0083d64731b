"""Several beats at once: real connections, real transactions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.at_once import at_once
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import RegistrationFactory, ReminderFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops.domain.reminder import post_due_reminders


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_remind_everybody_once() -> None:
    workshop = WorkshopFactory.create(starts_at=timezone.now() + timedelta(hours=3))
    ReminderFactory.create(workshop=workshop, hours=-4)
    people = StakeholderFactory.create_batch(20)
    for person in people:
        RegistrationFactory.create(workshop=workshop, person=person, registered_at=timezone.now() - timedelta(days=2))
    assert sorted(at_once(*[post_due_reminders] * 4)) == [0, 0, 0, 20]
    assert [kinds(person) for person in people] == [["reminder"]] * 20
