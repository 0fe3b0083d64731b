from datetime import UTC, datetime

import pytest
from django.utils import timezone

from measures.domain.changes import Known, changes_since
from measures.models import Measure
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
