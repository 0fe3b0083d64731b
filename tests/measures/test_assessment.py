"""Rating: what is stored, what is refused, and in which order measures are shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from measures.domain.assessment import (
    Recording,
    own_answers,
    own_reason,
    rate,
    save_answer,
    say_why,
    sheet,
)
from measures.models import Assessment, AssessmentRound, Measure
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Activity, AuditEntry, Channel, Stakeholder
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


@pytest.mark.parametrize("others", [1, 40])
def test_rate_takes_three_statements_in_a_transaction_at_any_number_of_answers(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, others: int
) -> None:
    row = fitting_round(measures=12)
    answered_by(row, others)
    measure = first_of(row)
    for grades in (GRADES, {"need": 1}):
        with django_assert_num_queries(5):
            rate(assessment_round=row, measure=measure, rater=cast.stakeholder, grades=grades)


def answered_by(row: AssessmentRound, people: int) -> None:
    """Every question about every measure, by that many others."""
    raters = StakeholderFactory.create_batch(people)
    pairs = [(measure, criterion) for measure in row.measures.all() for criterion in row.criteria.all()]
    Assessment.objects.bulk_create(
        Assessment(round=row, rater=rater, measure=measure, criterion=criterion, grade=3, first_grade=3)
        for rater in raters
        for measure, criterion in pairs
    )


def test_rate_tells_how_far_one_is(cast: Cast) -> None:
    row = fitting_round(measures=2)
    rated_by_all(row, cast.colleague, list(row.measures.all()))
    first, second = row.measures.order_by("slug")
    values: dict[str, Any] = {"slug": row.slug, "rater": cast.stakeholder}
    answers = [
        save_answer(**values, measure_slug=measure.slug, key=key, grade=grade)
        for measure in (first, second)
        for key, grade in GRADES.items()
    ]
    assert [(saved.done, saved.complete) for saved in answers] == [(0, False)] * 3 + [(1, True)] + [(1, False)] * 3 + [
        (2, True)
    ]
    again = save_answer(**values, measure_slug=first.slug, key="need", grade=1)
    assert (again.done, again.total, again.complete) == (2, 2, True)


def test_save_answer_knows_no_round_that_is_not_published(cast: Cast) -> None:
    draft = fitting_round(state="draft")
    for slug in (draft.slug, "nirgends"):
        with pytest.raises(AssessmentRound.DoesNotExist):
            save_answer(slug=slug, measure_slug=first_of(draft).slug, rater=cast.stakeholder, key="need", grade=1)


def test_a_reason_is_kept_replaced_and_taken_back(cast: Cast) -> None:
    row = fitting_round()
    values: dict[str, Any] = {"assessment_round": row, "measure": first_of(row), "rater": cast.stakeholder}
    say_why(**values, text="Es fehlen Fachkräfte.")
    rate(**values, grades={"need": 1})
    assert own_reason(**values) == "Es fehlen Fachkräfte."
    rate(**values, grades={"need": 1}, reason="Der Weg ist weit.")
    assert own_reason(**values) == "Der Weg ist weit."
    assert not own_reason(**{**values, "rater": cast.outsider})
    say_why(**values, text="")
    assert not own_reason(**values)


def test_a_reason_is_refused_as_an_answer_would_be(cast: Cast) -> None:
    row = fitting_round(state=AssessmentRound.State.CLOSED)
    with pytest.raises(Refusal, match="beendet"):
        say_why(assessment_round=row, measure=first_of(row), rater=cast.stakeholder, text="Zu spät.")
    running = fitting_round()
    with pytest.raises(Refusal, match="Profil vollständig"):
        say_why(assessment_round=running, measure=first_of(running), rater=cast.ministry, text="Nein.")
    with pytest.raises(Refusal, match="gehört nicht"):
        say_why(assessment_round=running, measure=first_of(row), rater=cast.stakeholder, text="Nein.")


def test_the_office_records_what_somebody_without_an_address_answered(cast: Cast) -> None:
    row = fitting_round()
    caller = StakeholderFactory.create(email=None, origin="office")
    values: dict[str, Any] = {"assessment_round": row, "measure": first_of(row), "rater": caller}
    recording = Recording(actor=cast.project_office, channel=Channel.LETTER)
    rate(**values, grades=GRADES, recording=recording)
    stored = Assessment.objects.values_list("channel", "recorded_by").distinct()
    assert list(stored) == [("letter", cast.project_office.pk)]
    entry = AuditEntry.objects.get(verb="rating_recorded")
    assert entry.actor == cast.project_office
    assert entry.facts == {"rater": caller.pk, "measure": first_of(row).slug, "channel": "letter"}


def test_what_came_last_counts_whichever_way_it_came(cast: Cast) -> None:
    row = fitting_round()
    values: dict[str, Any] = {"assessment_round": row, "measure": first_of(row), "rater": cast.stakeholder}
    recording = Recording(actor=cast.project_office, channel=Channel.IN_PERSON)
    rate(**values, grades={"need": 1, "fit": 1}, recording=recording)
    rate(**values, grades={"need": 5})
    told = Assessment.objects.order_by("criterion__position").values_list(
        "grade", "first_grade", "channel", "recorded_by"
    )
    assert list(told) == [(5, 1, "web", None), (1, 1, "in_person", cast.project_office.pk)]
    rate(**values, grades={"need": 2}, recording=recording)
    assert told.all()[0] == (2, 1, "in_person", cast.project_office.pk)


def test_recording_is_for_the_office_and_for_people_who_count(cast: Cast) -> None:
    row = fitting_round()
    incomplete = StakeholderFactory.create(group=None)
    locked_out = StakeholderFactory.create(is_active=False)
    for rater, actor, words in (
        (cast.stakeholder, cast.colleague, "nur das Projektbüro"),
        (cast.stakeholder, cast.ministry, "nur das Projektbüro"),
        (incomplete, cast.project_office, "fehlt noch"),
        (locked_out, cast.project_office, "fehlt noch"),
        (cast.ministry, cast.project_office, "fehlt noch"),
    ):
        recording = Recording(actor=actor, channel=Channel.LETTER)
        with pytest.raises(Refusal, match=words):
            rate(assessment_round=row, measure=first_of(row), rater=rater, grades=GRADES, recording=recording)
    over = fitting_round(state=AssessmentRound.State.CLOSED)
    recording = Recording(actor=cast.project_office, channel=Channel.LETTER)
    with pytest.raises(Refusal, match="beendet"):
        rate(assessment_round=over, measure=first_of(over), rater=cast.stakeholder, grades=GRADES, recording=recording)
    assert not Assessment.objects.exists()
    assert not AuditEntry.objects.exists()


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
