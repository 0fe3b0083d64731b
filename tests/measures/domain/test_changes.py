from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from measures.domain.changes import Known, changes_since
from measures.models import Measure
from tests.factories.concepts import ConceptFactory, MilestoneFactory
from tests.factories.measures import MeasureFactory

LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "fact", "found"),
    [
        ("proposed", "", []),
        ("in_review", "", ["in_review"]),
        ("in_review", "in_review", []),
        ("proposed", "in_review", ["proposed"]),
        ("done", "in_review", ["done"]),
    ],
)
def test_changes_since_what_is_known(status: str, fact: str, found: list[str]) -> None:
    before = timezone.now()
    measure = MeasureFactory.create(status=status, title="Strom")
    (changes,) = changes_since([Known(measure, fact, LONG_AGO)])
    assert [change.fact for change in changes] == found
    for change in changes:
        assert change.at >= before
        assert change.label() == f"Stand der Maßnahme „Strom“: {Measure.Status(status).label}"
        assert ":" not in change.fact


def test_nothing_known_has_no_changes() -> None:
    assert changes_since([]) == []


@pytest.mark.django_db
def test_concept_and_milestones_are_told_once_with_what_came_before_and_after() -> None:
    measure = MeasureFactory.create(title="Strom")
    start = timezone.now()
    hours = [start + timedelta(hours=number) for number in range(5)]
    ConceptFactory.create(measure=measure, published_at=hours[1])
    first = MilestoneFactory.create(measure=measure, title="Auftakt", done_on=date(2026, 3, 2), noted_at=hours[2])
    MilestoneFactory.create(measure=measure, title="Noch offen")
    ConceptFactory.create(published_at=hours[1])

    def told(fact: str, at: datetime) -> list[str]:
        (changes,) = changes_since([Known(measure, fact, at)])
        assert [change.at for change in changes] == sorted(change.at for change in changes)
        return [change.fact for change in changes]

    milestone = f"milestone-{first.pk}"
    assert told("", start) == ["concept-published", milestone]
    assert told("proposed", hours[0]) == ["concept-published", milestone]
    assert told("concept-published", hours[1]) == [milestone]
    assert told(milestone, hours[2]) == []
    second = MilestoneFactory.create(measure=measure, title="Ende", done_on=date(2026, 1, 2), noted_at=hours[3])
    assert told(milestone, hours[2]) == [f"milestone-{second.pk}"]
    assert told("in_review", hours[4]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("noted", "found"), [(-1, ["in_review"]), (1, [])])
def test_a_status_after_a_milestone_is_told_and_none_from_before(noted: int, found: list[str]) -> None:
    measure = MeasureFactory.create(status="in_review", title="Strom")
    at = timezone.now() + timedelta(hours=noted)
    row = MilestoneFactory.create(measure=measure, done_on=date(2026, 3, 2), noted_at=at)
    (changes,) = changes_since([Known(measure, f"milestone-{row.pk}", at)])
    assert [change.fact for change in changes] == found


@pytest.mark.django_db
def test_drafts_tell_nothing_and_labels_speak_the_language_of_the_moment() -> None:
    measure = MeasureFactory.create(title="Strom", title_en="Power")
    concept = ConceptFactory.create(measure=measure, published_at=timezone.now())
    done = {"done_on": date(2026, 3, 2), "noted_at": timezone.now()}
    MilestoneFactory.create(measure=measure, title="Auftakt", title_en="Start", **done)
    known = Known(measure, "", LONG_AGO)
    (changes,) = changes_since([known])
    assert [change.label() for change in changes] == [
        "Das Umsetzungskonzept der Maßnahme „Strom“ ist veröffentlicht.",
        "Meilenstein „Auftakt“ der Maßnahme „Strom“ erreicht am 02.03.2026",
    ]
    with override("en"):
        assert "Start" in changes[1].label()
        assert "2 Mar 2026" in changes[1].label()
    concept.state = "draft"
    concept.save()
    assert len(changes_since([known])[0]) == 1
