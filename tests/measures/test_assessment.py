"""Rating: what is stored, what is refused, and in which order measures are shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from measures.domain.assessment import own_answers, rate, sheet
from measures.models import Assessment, AssessmentRound, Measure
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, Stakeholder
from tests.cast import Cast
from tests.factories.measures import MeasureFactory, fitting_round
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory

GRADES: dict[str, int | None] = {"need": 5, "impact": 4, "feasibility": None, "fit": 1}


def first_of(assessment_round: AssessmentRound) -> Measure:
    return assessment_round.measures.order_by("slug")[0]


def test_rate_stores_latest_and_first_answer(cast: Cast) -> None:
    row = fitting_round()
    values: dict[str, Any] = {"assessment_round": row, "measure": first_of(row), "rater": cast.stakeholder}
    rate(**values, grades=GRADES)
    rate(**values, grades={"need": 2, "feasibility": 3})
    assert own_answers(**values) == {"need": 2, "impact": 4, "feasibility": 3, "fit": 1}
    stored = Assessment.objects.order_by("criterion__position").values_list("grade", "first_grade")
    assert list(stored) == [(2, 5), (4, 4), (3, None), (1, 1)]
    assert not own_answers(**{**values, "rater": cast.outsider})


def test_rate_again_changes_nothing(cast: Cast) -> None:
    row = fitting_round()
    for _repeated in range(2):
        rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades=GRADES)
    assert Assessment.objects.count() == 4


def test_rate_takes_at_most_six_queries(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    row = fitting_round(measures=12)
    measure = first_of(row)
    for grades in (GRADES, {"need": 1}):
        with django_assert_num_queries(6):
            rate(assessment_round=row, measure=measure, rater=cast.stakeholder, grades=grades)


@pytest.mark.parametrize("grade", [0, 6, -1, 10**9])
def test_rate_refuses_a_grade_outside_the_steps(cast: Cast, grade: int) -> None:
    row = fitting_round()
    with pytest.raises(Refusal, match="fünf Stufen"):
        rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades={"need": grade})
    assert not Assessment.objects.exists()


def test_rate_refuses_an_unknown_criterion(cast: Cast) -> None:
    row = fitting_round()
    with pytest.raises(Refusal, match="Frage gehört nicht"):
        rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades={"charm": 3})


def test_rate_refuses_no_answer_at_all(cast: Cast) -> None:
    row = fitting_round()
    with pytest.raises(Refusal, match="mindestens eine Frage"):
        rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades={})


def test_rate_refuses_a_measure_of_another_round(cast: Cast) -> None:
    fitting_round()
    with pytest.raises(Refusal, match="gehört nicht zu dieser Runde"):
        rate(assessment_round=fitting_round(), measure=MeasureFactory.create(), rater=cast.stakeholder, grades=GRADES)


def test_rate_refuses_to_the_second_after_the_end(cast: Cast) -> None:
    row = fitting_round()
    AssessmentRound.objects.filter(pk=row.pk).update(closes_at=timezone.now())
    with pytest.raises(Refusal, match="beendet"):
        rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades=GRADES)
    AssessmentRound.objects.filter(pk=row.pk).update(closes_at=timezone.now() + timedelta(seconds=30))
    rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades=GRADES)


def test_rate_refuses_a_round_ended_early_or_not_yet_open(cast: Cast) -> None:
    later = timezone.now() + timedelta(days=1)
    closed = fitting_round(state=AssessmentRound.State.CLOSED)
    coming = fitting_round(opens_at=later, closes_at=later + timedelta(days=1))
    for row, words in ((closed, "beendet"), (coming, "noch nicht"), (fitting_round(state="draft"), "noch nicht")):
        with pytest.raises(Refusal, match=words):
            rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades=GRADES)


def test_rate_is_for_stakeholders_with_a_complete_profile(cast: Cast) -> None:
    row = fitting_round()
    incomplete = StakeholderFactory.create(district=None)
    for person in (cast.project_office, cast.ministry, incomplete):
        with pytest.raises(Refusal, match="Profil vollständig"):
            rate(assessment_round=row, measure=first_of(row), rater=person, grades=GRADES)
    assert not Assessment.objects.exists()


def rated_by_all(row: AssessmentRound, rater: Stakeholder, measures: list[Measure]) -> None:
    for measure in measures:
        rate(assessment_round=row, measure=measure, rater=rater, grades=GRADES)


def test_sheet_shows_the_least_rated_of_the_group_first(cast: Cast) -> None:
    row = fitting_round(measures=4)
    measures = list(row.measures.order_by("slug"))
    rated_by_all(row, cast.colleague, measures[:3])
    rated_by_all(row, cast.outsider, measures[:2])
    rated_by_all(row, StakeholderFactory.create(), measures[:1])
    other_group = StakeholderFactory.create(group=StakeholderGroupFactory.create(key="forschung"))
    rated_by_all(row, other_group, measures[3:])
    shown = sheet(assessment_round=row, rater=cast.stakeholder)
    assert list(shown.measures) == list(reversed(measures))
    assert shown.done == 0


def test_sheet_shows_own_ratings_first_and_leads_through_the_rest(cast: Cast) -> None:
    row = fitting_round(measures=4)
    second, first = row.measures.order_by("slug")[1:3]
    rated_by_all(row, cast.stakeholder, [first, second])
    shown = sheet(assessment_round=row, rater=cast.stakeholder)
    assert shown.measures[:2] == (first, second)
    assert (shown.done, shown.total) == (2, 4)
    third, fourth = shown.measures[2:]
    assert shown.next_open() == third
    assert shown.next_open(third) == fourth
    assert shown.next_open(fourth) == third
    assert shown.before(third) == second
    assert shown.before(first) is None
    assert shown.place(fourth) == 4


def test_sheet_counts_a_measure_only_when_every_question_is_answered(cast: Cast) -> None:
    row = fitting_round()
    rate(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, grades={"need": 3})
    assert sheet(assessment_round=row, rater=cast.stakeholder).done == 0


def test_sheet_keeps_its_order_for_one_rater_and_differs_between_raters(cast: Cast) -> None:
    row = fitting_round(measures=12)
    orders = {
        person: sheet(assessment_round=row, rater=person).measures for person in (cast.stakeholder, cast.outsider)
    }
    assert orders[cast.stakeholder] == sheet(assessment_round=row, rater=cast.stakeholder).measures
    assert orders[cast.stakeholder] != orders[cast.outsider]


def test_rating_is_told_once_a_day_for_each_round(cast: Cast) -> None:
    row = fitting_round(measures=2)
    for measure in row.measures.all():
        rate(assessment_round=row, measure=measure, rater=cast.stakeholder, grades=GRADES)
    told = Activity.objects.get()
    assert (told.person, told.kind, told.key) == (cast.stakeholder, "assessed", f"round:{row.pk}")
    assert (told.label, told.address, told.first_at) == (row.title, row.get_absolute_url(), told.last_at)
