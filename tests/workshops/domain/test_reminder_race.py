"""Several beats at once: real connections, real transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

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
    ready = Barrier(4)

    def beat(_number: int) -> int:
        try:
            connection.ensure_connection()
            ready.wait(timeout=30)
            return post_due_reminders()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(beat, range(4))) == [0, 0, 0, 20]
    assert [kinds(person) for person in people] == [["reminder"]] * 20
