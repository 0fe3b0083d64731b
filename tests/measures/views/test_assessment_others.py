"""When a rater sees how others rate: after every own answer, and only where the round shows it."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from measures.domain.assessment import rate
from measures.models import Assessment, AssessmentRound
from tests.cast import Cast
from tests.factories.measures import fitting_round
from tests.factories.stakeholders import StakeholderFactory
from tests.measures.views.test_assessment import ANSWERS, address, first_of

SHOWN = "Die mittlere Antwort ist"
OUTSIDE = "außerhalb der mittleren Hälfte"
GRADES: dict[str, int | None] = {"need": 5, "impact": 4, "feasibility": None, "fit": 1}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def answered_round(people: int = 6, **values: Any) -> AssessmentRound:
    row = fitting_round(**values)
    Assessment.objects.bulk_create(
        Assessment(round=row, rater=rater, measure=measure, criterion=criterion, grade=4, first_grade=4)
        for rater in StakeholderFactory.create_batch(people)
        for measure in row.measures.all()
        for criterion in row.criteria.all()
    )
    return row


def page(client: Client, row: AssessmentRound) -> str:
    return client.get(address(row, first_of(row))).content.decode()


def test_others_are_seen_after_the_last_own_answer_and_not_before(cast: Cast, client: Client) -> None:
    row = answered_round(shows_aggregates=True)
    client.force_login(cast.stakeholder)
    assert SHOWN not in page(client, row)
    assert "sobald Sie alle Fragen" in page(client, row)
    partly = {"need": 5, "impact": 4, "fit": 1}
    rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades=partly)
    assert SHOWN not in page(client, row)
    rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades={"feasibility": None})
    seen = page(client, row)
    assert seen.count(SHOWN) == 4
    assert seen.count(OUTSIDE) == 2
    client.force_login(cast.outsider)
    assert SHOWN not in page(client, row)


def test_a_round_that_does_not_show_others_shows_them_to_nobody(cast: Cast, client: Client) -> None:
    row = answered_round()
    rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades=GRADES)
    client.force_login(cast.stakeholder)
    assert "Wie andere antworten" not in page(client, row)
    client.force_login(cast.outsider)
    assert "Wie andere antworten" not in page(client, row)


def test_without_script_the_sheet_stays_once_to_show_others(cast: Cast, client: Client) -> None:
    row = answered_round(shows_aggregates=True)
    client.force_login(cast.stakeholder)
    first = client.post(address(row, first_of(row)), ANSWERS)
    assert first["Location"] == address(row, first_of(row))
    assert SHOWN in client.get(first["Location"]).content.decode()
    assert client.post(address(row, first_of(row)), ANSWERS)["Location"] != address(row, first_of(row))


@pytest.mark.parametrize("size", [1, 30])
def test_a_sheet_with_others_takes_the_same_queries_at_any_size(
    cast: Cast, client: Client, django_assert_num_queries: Any, size: int
) -> None:
    row = answered_round(people=size, measures=2, shows_aggregates=True)
    measure = first_of(row)
    rate(assessment_round=row, measure=measure, rater=cast.stakeholder, grades=GRADES)
    client.force_login(cast.stakeholder)
    where = address(row, measure)
    client.get(row.get_absolute_url())
    with django_assert_num_queries(12):
        client.get(where)
