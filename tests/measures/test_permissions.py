"""Who may what, before, during and after a round."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from measures.models import AssessmentRound, Ranking
from measures.permissions import is_rater, may_freeze, may_rate
from stakeholders.models import Stakeholder
from tests.cast import Cast
from tests.factories.measures import AssessmentRoundFactory
from tests.factories.stakeholders import StakeholderFactory

PEOPLE = ("guest", "stakeholder", "colleague", "outsider", "project_office", "ministry")
RATERS = {"stakeholder", "colleague", "outsider"}


def person(cast: Cast, name: str) -> Stakeholder | AnonymousUser:
    return AnonymousUser() if name == "guest" else getattr(cast, name)


def round_in(time: str) -> AssessmentRound:
    now = timezone.now()
    starts = {"draft": -1, "before": 1, "during": -1, "after": -3, "ended": -1}[time]
    state = {"draft": "draft", "ended": "closed"}.get(time, "published")
    opens = now + timedelta(days=starts)
    return AssessmentRoundFactory.create(state=state, opens_at=opens, closes_at=opens + timedelta(days=2))


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("time", ["draft", "before", "during", "after", "ended"])
def test_cast_by_time(cast: Cast, name: str, time: str) -> None:
    user, assessment_round = person(cast, name), round_in(time)
    assert may_rate(user, assessment_round) == (name in RATERS and time == "during")
    assert may_freeze(user, assessment_round) == (name == "project_office" and time in {"after", "ended"})
    visible = AssessmentRound.objects.visible_to(user).exists()
    assert visible == (time != "draft" or name == "project_office")


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("published", [True, False])
def test_cast_by_ranking(cast: Cast, name: str, published: bool) -> None:
    Ranking.objects.create(
        round=AssessmentRoundFactory.create(),
        version=1,
        data=b"",
        result={},
        labels={},
        hash="sha256:0",
        published=published,
    )
    allowed = published or name in {"project_office", "ministry"}
    assert Ranking.objects.visible_to(person(cast, name)).exists() == allowed


@pytest.mark.django_db
def test_rater_needs_a_complete_profile_and_is_no_superuser() -> None:
    assert not may_rate(StakeholderFactory.create(group=None), round_in("during"))
    assert not is_rater(StakeholderFactory.create(is_superuser=True))
