"""Two people at the same moment, each with a connection of their own."""

from threading import Event
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.domain.assessment import rate
from measures.domain.catalogue import withdraw_measures
from measures.domain.ranking import freeze
from measures.domain.round import close_round, publish_round
from measures.domain.round_mail import close_due, open_due, remind_due
from measures.models import Assessment, AssessmentRound, Ranking
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, OutgoingMail, Selection
from tests.at_once import at_once, tried_at_once
from tests.cast import assemble
from tests.factories.measures import fitting_round, rated_round
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory

pytestmark = pytest.mark.django_db(transaction=True)
GRADES = {"need": 1, "impact": 2, "feasibility": 3, "fit": 4}


def test_two_who_freeze_at_once_get_the_same_version() -> None:
    office, assessment_round = assemble().project_office, rated_round()
    first, second = at_once(*[lambda: freeze(assessment_round=assessment_round, actor=office)] * 2)
    assert first == second
    assert Ranking.objects.count() == 1


def test_a_double_click_stores_one_answer_for_each_question() -> None:
    rater, assessment_round = assemble().stakeholder, fitting_round()
    measure = assessment_round.measures.all()[0]
    results = at_once(
        *[lambda: rate(assessment_round=assessment_round, measure=measure, rater=rater, grades=GRADES)] * 4
    )
    assert {(saved.done, saved.complete) for saved in results} == {(1, True)}
    assert Assessment.objects.count() == 4


def test_an_answer_that_waits_for_the_end_of_the_round_is_refused() -> None:
    cast, assessment_round = assemble(), fitting_round()
    measure = assessment_round.measures.all()[0]
    closed, waiting = Event(), Event()

    def close() -> None:
        with transaction.atomic():
            close_round(assessment_round=assessment_round, actor=cast.project_office)
            closed.set()
            waiting.wait(timeout=0.3)

    def answer() -> None:
        closed.wait(timeout=10)
        rate(assessment_round=assessment_round, measure=measure, rater=cast.stakeholder, grades=GRADES)

    _done, refusal = tried_at_once(close, answer)
    assert isinstance(refusal, Refusal)
    assert "beendet" in refusal.sentence
    assert not Assessment.objects.exists()


def test_raters_do_not_wait_for_each_other() -> None:
    cast, assessment_round = assemble(), fitting_round()
    measure = assessment_round.measures.all()[0]
    second_is_done = Event()

    def slow() -> bool:
        with transaction.atomic():
            rate(assessment_round=assessment_round, measure=measure, rater=cast.stakeholder, grades=GRADES)
            return second_is_done.wait(timeout=10)

    def quick() -> None:
        rate(assessment_round=assessment_round, measure=measure, rater=cast.outsider, grades=GRADES)
        second_is_done.set()

    assert at_once(slow, quick)[0] is True
    assert AssessmentRound.objects.get().assessments.count() == 8


def test_two_clocks_at_once_tell_and_close_once() -> None:
    """Mails, activities, and the record are written by one of them; the other finds nothing left to do."""
    StakeholderFactory.create_batch(3, group=StakeholderGroupFactory.create(key="kammern"))
    chosen = Selection.objects.create(name="Kammern", criteria={"gruppe": ["kammern"]})
    row = fitting_round(audience=chosen)
    assert sorted(at_once(*[open_due] * 4)) == [0, 0, 0, 3]
    assert OutgoingMail.objects.count() == 3
    AssessmentRound.objects.filter(pk=row.pk).update(remind_at=timezone.now())
    assert sorted(at_once(*[remind_due] * 4)) == [0, 0, 0, 3]
    assert OutgoingMail.objects.count() == 6
    AssessmentRound.objects.filter(pk=row.pk).update(closes_at=timezone.now())
    assert sorted(at_once(*[close_due] * 4)) == [0, 0, 0, 1]
    assert AuditEntry.objects.count() == 3


def test_no_round_is_published_with_a_measure_that_is_withdrawn_meanwhile() -> None:
    office, assessment_round = assemble().project_office, fitting_round(state="draft")
    measure = assessment_round.measures.all()[0]
    withdrawn, waiting = Event(), Event()

    def withdraw() -> None:
        with transaction.atomic():
            withdraw_measures(measures=[measure], actor=office)
            withdrawn.set()
            waiting.wait(timeout=0.3)

    def publish() -> None:
        withdrawn.wait(timeout=10)
        publish_round(assessment_round=assessment_round, actor=office)

    _done, refusal = tried_at_once(withdraw, publish)
    assert isinstance(refusal, Refusal)
    assert AssessmentRound.objects.get().state == "draft"


def test_the_form_of_a_draft_is_not_written_over_what_is_published_meanwhile() -> None:
    office, assessment_round = assemble().project_office, fitting_round(state="draft")
    published, waiting = Event(), Event()
    client = Client()
    client.force_login(office)
    criteria = list(assessment_round.criteria.all())
    form: dict[str, Any] = {
        "title": "Ganz anders",
        "slug": "ganz-anders",
        "question": "Was?",
        "opens_at": "2030-01-01T10:00",
        "closes_at": "2030-02-01T10:00",
        "measures": [measure.pk for measure in assessment_round.measures.all()],
        **dict.fromkeys(("min_raters", "min_groups", "top", "seed"), 3),
        "criteria-TOTAL_FORMS": 0,
        "criteria-INITIAL_FORMS": 0,
    }

    def publish() -> None:
        with transaction.atomic():
            publish_round(assessment_round=assessment_round, actor=office)
            published.set()
            waiting.wait(timeout=0.3)

    def save() -> int:
        published.wait(timeout=10)
        where = reverse("admin:measures_assessmentround_change", args=[assessment_round.pk])
        return client.post(where, form).status_code

    assert at_once(publish, save)[1] == 302
    now = AssessmentRound.objects.get()
    assert (now.state, now.title) == ("published", assessment_round.title)
    assert list(now.criteria.all()) == criteria
