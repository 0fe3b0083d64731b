from datetime import timedelta

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, AuditEntry
from tests.cast import Cast
from tests.factories.workshops import RegistrationFactory
from workshops.domain.attendance import mark_attended, unmark_attended
from workshops.models import Registration

pytestmark = pytest.mark.django_db


def soon(**fields: object) -> Registration:
    """Begins in half an hour."""
    start = timezone.now() + timedelta(minutes=30)
    row: Registration = RegistrationFactory.create(**{"workshop__starts_at": start, **fields})
    return row


def test_marking_twice_keeps_the_first_time(cast: Cast) -> None:
    row = soon()
    first = mark_attended(registration=row, actor=cast.project_office).attended_at
    assert first
    assert mark_attended(registration=row, actor=cast.project_office).attended_at == first
    assert Activity.objects.get(person=row.person, kind="attended").key == f"workshop:{row.workshop_id}"
    assert AuditEntry.objects.filter(verb="attendance_marked").count() == 1


def test_a_mark_can_be_taken_back(cast: Cast) -> None:
    row = mark_attended(registration=soon(), actor=cast.project_office)
    for _ in range(2):
        unmark_attended(registration=row, actor=cast.project_office)
    row.refresh_from_db()
    assert row.attended_at is None
    assert not Activity.objects.filter(kind="attended").exists()
    assert AuditEntry.objects.filter(verb="attendance_unmarked").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"workshop__starts_at": timezone.now() + timedelta(hours=3)}, "ab einer Stunde"),
        ({"workshop__state": "cancelled"}, "findet nicht statt"),
        ({"workshop__state": "postponed"}, "findet nicht statt"),
        ({"state": "waiting"}, "auf der Warteliste"),
        ({"state": "cancelled"}, "abgemeldet"),
    ],
)
def test_who_cannot_be_there_is_refused(fields: dict[str, object], sentence: str, cast: Cast) -> None:
    row = soon(**fields)
    with pytest.raises(Refusal, match=sentence):
        mark_attended(registration=row, actor=cast.project_office)
    assert not Activity.objects.filter(kind="attended").exists()


def test_who_is_noted_weeks_later_was_active_on_the_day(cast: Cast) -> None:
    row = soon(workshop__starts_at=timezone.now() - timedelta(days=20))
    mark_attended(registration=row, actor=cast.project_office)
    assert Activity.objects.get(kind="attended").first_at == row.workshop.ends_at
