from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from stakeholders.domain.refusal import Refusal
from tests.cast import Cast
from tests.factories.workshops import SessionFactory, WorkshopFactory
from tests.workshops.post import kinds
from workshops.domain.new_date import moved, reschedule_workshop
from workshops.domain.registration import register
from workshops.domain.workshop import postpone_workshop
from workshops.models import Session, Workshop

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def at(year: int, month: int, day: int, hour: int = 18, minute: int = 30) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


def test_programme_and_deadlines_move_along_and_keep_their_hours_across_summer_time(cast: Cast) -> None:
    workshop = WorkshopFactory.create(
        starts_at=at(2027, 3, 20),
        ends_at=at(2027, 3, 20, 21),
        registration_closes_at=at(2027, 3, 13, 12, 0),
        moves_up_until=at(2027, 3, 19, 12, 0),
    )
    SessionFactory.create(workshop=workshop, starts_at=at(2027, 3, 20, 19), ends_at=at(2027, 3, 20, 20))
    reschedule_workshop(workshop=workshop, starts_at=at(2027, 4, 3), actor=cast.project_office)
    stored = Workshop.objects.get()
    assert stored.ends_at == at(2027, 4, 3, 21)
    assert stored.registration_closes_at == at(2027, 3, 27, 12, 0)
    assert stored.moves_up_until == at(2027, 4, 2, 12, 0)
    session = Session.objects.get()
    assert (session.starts_at, session.ends_at) == (at(2027, 4, 3, 19), at(2027, 4, 3, 20))


def test_a_moment_moves_by_the_calendar_on_the_wall() -> None:
    assert moved(at(2027, 10, 30), timedelta(days=1)) == at(2027, 10, 31)
    assert moved(at(2027, 10, 31), timedelta(days=-1)).utcoffset() == timedelta(hours=2)


def test_everybody_is_told_once_however_often_the_date_is_given(cast: Cast) -> None:
    workshop = WorkshopFactory.create()
    register(workshop=workshop, person=cast.stakeholder, actor=cast.stakeholder)
    start = timezone.now() + timedelta(days=40)
    for _ in range(2):
        reschedule_workshop(workshop=workshop, starts_at=start, actor=cast.project_office)
    assert kinds(cast.stakeholder) == ["registration_confirmed", "workshop_changed"]
    postpone_workshop(workshop=workshop, actor=cast.project_office)
    for _ in range(2):
        reschedule_workshop(workshop=workshop, starts_at=start + timedelta(days=9), actor=cast.project_office)
    assert kinds(cast.stakeholder)[2:] == ["workshop_postponed", "workshop_rescheduled"]
    assert Workshop.objects.get().state == Workshop.State.PUBLISHED


@pytest.mark.parametrize(
    ("fields", "days", "sentence"),
    [
        ({"state": "cancelled"}, 20, "ist abgesagt"),
        ({"starts_at": timezone.now() - timedelta(hours=1)}, 20, "schon begonnen"),
        ({}, -1, "in der Zukunft"),
        ({"state": "postponed", "moves_up_until": timezone.now() + timedelta(days=1)}, 10, "Nachrücken bis"),
    ],
)
def test_a_date_is_refused_and_nothing_is_stored(
    fields: dict[str, object], days: int, sentence: str, cast: Cast
) -> None:
    workshop = WorkshopFactory.create(**fields)
    start = timezone.now() + timedelta(days=days)
    with pytest.raises(Refusal, match=sentence):
        reschedule_workshop(workshop=workshop, starts_at=start, actor=cast.project_office)
    assert Workshop.objects.get().starts_at == workshop.starts_at
