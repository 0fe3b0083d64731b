import pytest

from portal.domain.demo_event import SLAM, load_demo_events
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import WorkshopFactory
from workshops.models import Registration, Session, SessionPlace, Workshop
from workshops.reports.programme import programme


@pytest.mark.django_db
def test_demonstration_shows_series_programme_and_pitches() -> None:
    slam = WorkshopFactory.create(slug=SLAM)
    load_demo_events(StakeholderFactory.create_batch(12))
    added = Workshop.objects.exclude(pk=slam.pk)
    assert all(row.demo and row.state == Workshop.State.PUBLISHED and row.starts_at.weekday() < 5 for row in added)
    assert added.filter(series__slug="demo-tour-durch-die-regionen").count() == 2
    conference = added.get(mode=Workshop.Mode.HYBRID)
    [day] = programme(conference.sessions.with_places_left())
    assert [slot.is_parallel for slot in day.slots] == [False, False, True, False]
    assert all(
        conference.starts_at <= row.starts_at < row.ends_at <= conference.ends_at for row in conference.sessions.all()
    )
    assert [getattr(row, "places_left") for row in Session.objects.with_places_left()].count(0) == 1  # noqa: B009
    assert SessionPlace.objects.filter(registration__state=Registration.State.CONFIRMED).count() == 2
    assert slam.sessions.filter(is_pitch=True).count() == 3
    travel, seats, *_others = conference.questions.all()
    assert seats.shown_if == travel
    assert seats.shown_value in travel.options
