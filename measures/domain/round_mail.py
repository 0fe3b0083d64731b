"""What the clock does with rounds: telling the invited that one has opened, reminding them, and closing it.

Each round in its own transaction, asked for by what is due *now*: a beat that was down does later what is left to do,
and two that ask at once do it once.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from measures import mails
from measures.domain.round import end_round
from measures.models import Assessment, AssessmentRound
from measures.verbs import MeasureVerb
from stakeholders.domain.activity import Kind, note_activities, subject
from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post_many
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.selection import people_of
from stakeholders.models import Stakeholder

logger = logging.getLogger(__name__)
State = AssessmentRound.State

Act: TypeAlias = Callable[[AssessmentRound, datetime], int]


def close_due(*, now: datetime | None = None) -> int:
    """Rounds whose time is over are CLOSED; how many. Nobody could rate since `closes_at` anyway."""
    moment = now or timezone.now()
    due = AssessmentRound.objects.filter(state=State.PUBLISHED, closes_at__lte=moment)
    return sum(_close(pk, moment) for pk in due.order_by("pk").values_list("pk", flat=True))


def open_due(*, now: datetime | None = None) -> int:
    """Tell the invited of every round that has opened; how many people. Never after the round has closed.

    Who joins the selection later is not told.
    """
    moment = now or timezone.now()
    due = _running(moment).filter(announced_at=None)
    return sum(_unless_refused(announce, row, moment) for row in due.order_by("pk"))


def remind_due(*, now: datetime | None = None) -> int:
    """Once in a round, remind the invited who have answered nothing at all; how many people."""
    moment = now or timezone.now()
    due = _running(moment).filter(reminded_at=None, remind_at__lte=moment)
    return sum(_unless_refused(remind, row, moment) for row in due.order_by("pk"))


@transaction.atomic
def announce(assessment_round: AssessmentRound, now: datetime) -> int:
    """Where the time of the reminder has come already, this is the reminder too: nobody gets both at once.

    Raises Refusal when the selection no longer holds.
    """
    locked = _locked(assessment_round)
    if locked is None or not _is_running(locked, now) or locked.announced_at:
        return 0
    people = list(invited(locked))
    locked.announced_at = now
    if locked.remind_at and locked.remind_at <= now:
        locked.reminded_at = now
    locked.save(update_fields=["announced_at", "reminded_at"])
    note_activities(people=[person.pk for person in people], kind=Kind.INVITED, **subject("round", locked))
    record(MeasureVerb.ROUND_ANNOUNCED, actor=None, target=locked, facts={"people": len(people)})
    post_many(mails.round_opened(locked, person) for person in people)
    return len(people)


@transaction.atomic
def remind(assessment_round: AssessmentRound, now: datetime) -> int:
    """Raises Refusal when the selection no longer holds."""
    locked = _locked(assessment_round)
    if locked is None or not _is_running(locked, now) or locked.reminded_at:
        return 0
    if not (locked.remind_at and locked.remind_at <= now):
        return 0
    answers = Assessment.objects.filter(round=locked, rater=OuterRef("pk"))
    people = list(invited(locked).filter(~Exists(answers)))
    locked.reminded_at = now
    locked.save(update_fields=["reminded_at"])
    record(MeasureVerb.ROUND_REMINDED, actor=None, target=locked, facts={"people": len(people)})
    post_many(mails.round_reminder(locked, person) for person in people)
    return len(people)


def invited(assessment_round: AssessmentRound) -> QuerySet[Stakeholder]:
    """Who gets mail about the round, also those without an address, whom the office tells itself; nobody without a
    selection. Raises Refusal when the selection no longer holds."""
    nobody: QuerySet[Stakeholder] = Stakeholder.objects.none()
    return people_of(assessment_round.audience) if assessment_round.audience else nobody


def _running(now: datetime) -> QuerySet[AssessmentRound]:
    return AssessmentRound.objects.filter(
        state=State.PUBLISHED, opens_at__lte=now, closes_at__gt=now, audience__isnull=False
    )


def _is_running(assessment_round: AssessmentRound, now: datetime) -> bool:
    return assessment_round.state == State.PUBLISHED and assessment_round.opens_at <= now < assessment_round.closes_at


def _locked(assessment_round: AssessmentRound) -> AssessmentRound | None:
    rows = AssessmentRound.objects.select_for_update(of=("self",)).select_related("audience")
    return rows.filter(pk=assessment_round.pk).first()


@transaction.atomic
def _close(pk: int, now: datetime) -> int:
    locked = AssessmentRound.objects.select_for_update().get(pk=pk)
    if locked.state != State.PUBLISHED or locked.closes_at > now:
        return 0
    end_round(locked, actor=None, at=now)
    return 1


def _unless_refused(act: Act, assessment_round: AssessmentRound, now: datetime) -> int:
    """A selection that no longer holds stops its own round alone, until the office has mended it: its page says so."""
    try:
        return act(assessment_round, now)
    except Refusal as refusal:
        logger.warning("Round %s: %s", assessment_round.slug, refusal.sentence)
        return 0
