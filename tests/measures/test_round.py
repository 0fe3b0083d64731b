"""Publishing and closing a round, and what stands fast from then on."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from measures.domain.round import add_default_criteria, close_round, create_round, default_criteria, publish_round
from measures.models import AssessmentRound, Criterion
from measures.verbs import MeasureVerb
from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry, Selection
from tests.cast import Cast
from tests.factories.measures import AssessmentRoundFactory, MeasureFactory, fitting_round
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory

State = AssessmentRound.State


def draft(**values: Any) -> AssessmentRound:
    return fitting_round(state=State.DRAFT, **values)


def test_default_criteria_are_four_questions_whose_weights_add_up() -> None:
    criteria = default_criteria()
    assert [criterion.key for criterion in criteria] == ["need", "impact", "feasibility", "fit"]
    assert sum(criterion.weight for criterion in criteria) == 1
    assert all(criterion.question.startswith("Wie ") for criterion in criteria)


@pytest.mark.django_db
def test_create_round_is_a_draft_with_default_criteria() -> None:
    now = timezone.now()
    measures = MeasureFactory.create_batch(2)
    created = create_round(
        slug="pilot",
        title="Pilot",
        question="Was passt?",
        opens_at=now,
        closes_at=now + timedelta(days=1),
        measures=measures,
    )
    assert created.state == State.DRAFT
    assert created.measures.count() == 2
    assert created.criteria.count() == 4
    add_default_criteria(created)
    assert created.criteria.count() == 4


def test_publish_round_opens_it_and_is_on_record_once(cast: Cast) -> None:
    row = draft()
    for _repeated in range(2):
        assert publish_round(assessment_round=row, actor=cast.project_office).is_open
    entry = AuditEntry.objects.get(verb=MeasureVerb.ROUND_PUBLISHED)
    assert entry.actor == cast.project_office
    assert entry.facts["weights"] == {"need": "0.2500", "impact": "0.2500", "feasibility": "0.2500", "fit": "0.2500"}


@pytest.mark.parametrize(
    "weights", [["0.25", "0.25", "0.25", "0.24"], ["0.5", "0.5", "0.5", "0.5"], ["0", "0", "0", "0"]]
)
def test_publish_round_is_refused_when_weights_do_not_add_up(cast: Cast, weights: list[str]) -> None:
    row = draft()
    for criterion, weight in zip(row.criteria.all(), weights, strict=True):
        criterion.weight = Decimal(weight)
        criterion.save()
    with pytest.raises(Refusal, match="genau 1"):
        publish_round(assessment_round=row, actor=cast.project_office)
    row.refresh_from_db()
    assert row.state == State.DRAFT


def test_publish_round_is_refused_without_criteria(cast: Cast) -> None:
    row = AssessmentRoundFactory.create(state=State.DRAFT)
    row.measures.set(MeasureFactory.create_batch(1))
    with pytest.raises(Refusal, match="mindestens ein Kriterium"):
        publish_round(assessment_round=row, actor=cast.project_office)


def test_publish_round_is_refused_without_measures(cast: Cast) -> None:
    with pytest.raises(Refusal, match="mindestens eine Maßnahme"):
        publish_round(assessment_round=draft(measures=0), actor=cast.project_office)


def test_publish_round_is_refused_with_a_hidden_measure(cast: Cast) -> None:
    row = draft()
    row.measures.update(published=False)
    with pytest.raises(Refusal, match="nicht veröffentlicht"):
        publish_round(assessment_round=row, actor=cast.project_office)


def test_publish_round_is_refused_when_its_end_is_past(cast: Cast) -> None:
    now = timezone.now()
    row = draft(opens_at=now - timedelta(days=2), closes_at=now - timedelta(seconds=1))
    with pytest.raises(Refusal, match="Vergangenheit"):
        publish_round(assessment_round=row, actor=cast.project_office)


@pytest.mark.django_db
def test_round_cannot_close_before_it_opens() -> None:
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(opens_at=now, closes_at=now)


def test_publish_round_is_refused_after_its_end(cast: Cast) -> None:
    with pytest.raises(Refusal, match="beendet"):
        publish_round(assessment_round=fitting_round(state=State.CLOSED), actor=cast.project_office)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.PUBLISHED, State.CLOSED])
def test_criteria_of_a_published_round_cannot_change_in_the_database(state: str) -> None:
    criterion = fitting_round(state=state).criteria.all()[0]
    criterion.weight = Decimal("0.3")
    with pytest.raises(InternalError), transaction.atomic():
        criterion.save()
    with pytest.raises(InternalError), transaction.atomic():
        criterion.delete()
    assert Criterion.objects.get(pk=criterion.pk).weight == Decimal("0.25")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"min_raters": 1}, {"top": 3}, {"seed": 2}, {"cap_organisations": False}])
def test_rules_of_a_published_round_cannot_change_in_the_database(change: dict[str, object]) -> None:
    row = fitting_round()
    with pytest.raises(InternalError), transaction.atomic():
        AssessmentRound.objects.filter(pk=row.pk).update(**change)
    AssessmentRound.objects.filter(pk=draft().pk).update(**change)


def test_close_round_ends_it_now_and_is_on_record_once(cast: Cast) -> None:
    row = fitting_round()
    before = timezone.now()
    closed = close_round(assessment_round=row, actor=cast.project_office)
    again = close_round(assessment_round=row, actor=cast.project_office)
    assert closed.is_over
    assert before <= closed.closes_at <= timezone.now()
    assert again.closes_at == closed.closes_at
    assert AuditEntry.objects.filter(verb=MeasureVerb.ROUND_CLOSED).count() == 1


def test_close_round_after_its_time_keeps_the_end(cast: Cast) -> None:
    end = timezone.now() - timedelta(hours=1)
    row = fitting_round(opens_at=end - timedelta(days=1), closes_at=end)
    assert close_round(assessment_round=row, actor=cast.project_office).closes_at == end


def test_close_round_is_refused_before_it_opens(cast: Cast) -> None:
    later = timezone.now() + timedelta(days=1)
    row = fitting_round(opens_at=later, closes_at=later + timedelta(days=1))
    for not_open in (row, draft()):
        with pytest.raises(Refusal, match="noch nicht geöffnet"):
            close_round(assessment_round=not_open, actor=cast.project_office)


def chosen(key: str) -> Selection:
    StakeholderFactory.create(group=StakeholderGroupFactory.create(key="kammern"))
    return Selection.objects.create(name=key, criteria={"gruppe": [key]})


@pytest.mark.parametrize("hours", [-25, -24, 14 * 24, 10**4])
def test_publish_round_is_refused_with_a_reminder_outside_its_time(cast: Cast, hours: int) -> None:
    now = timezone.now()
    times = {"opens_at": now - timedelta(hours=24), "closes_at": now + timedelta(days=14)}
    row = draft(**times, remind_at=now + timedelta(hours=hours), audience=chosen("kammern"))
    with pytest.raises(Refusal, match="solange die Runde läuft"):
        publish_round(assessment_round=row, actor=cast.project_office)


def test_publish_round_is_refused_when_nobody_would_be_reached(cast: Cast) -> None:
    empty = Selection.objects.create(name="leer", criteria={"q": ["niemandheisstso"]})
    tomorrow = timezone.now() + timedelta(days=1)
    for values, words in (
        ({"remind_at": tomorrow}, "wer erinnert werden soll"),
        ({"audience": empty}, "ist niemand"),
        ({"audience": chosen("aufgeloest")}, "gibt es bei „Akteursgruppe“ nicht"),
    ):
        with pytest.raises(Refusal, match=words):
            publish_round(assessment_round=draft(**values), actor=cast.project_office)
    good = draft(audience=chosen("kammern"), remind_at=tomorrow)
    assert publish_round(assessment_round=good, actor=cast.project_office).is_open
