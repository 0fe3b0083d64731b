from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from measures.models import Assessment, AssessmentRound, FitAssessment, Measure
from measures.permissions import is_rater
from stakeholders.models import Stakeholder


class Kind(StrEnum):
    RATE = "rate"
    FIT = "fit"
    THESIS = "thesis"
    WATCH = "watch"


@dataclass(frozen=True)
class NextStep:
    """`round` belongs to rating and watching; `done`: this visitor did it before and may change it."""

    kind: Kind
    round: AssessmentRound | None = None
    done: bool = False


def next_steps(
    visitor: Stakeholder | AnonymousUser, measure: Measure, rounds: Iterable[AssessmentRound]
) -> list[NextStep]:
    """What a visitor can do for a measure, the next thing first and what is done last.

    Rating comes first while a round is open, then judging the fit, then a thesis. Who asks or decides only watches the
    rounds. `rounds` are the open ones with this measure. Two queries for somebody who rates, else none.
    """
    if visitor.is_authenticated and not is_rater(visitor):
        return [NextStep(Kind.WATCH, row) for row in rounds]
    rated, judged = _done(visitor, measure)
    steps = [NextStep(Kind.RATE, row, row.pk in rated) for row in rounds]
    steps += [NextStep(Kind.FIT, done=judged)] if measure.published else []
    steps += [NextStep(Kind.THESIS)]
    return sorted(steps, key=lambda step: step.done)


def _done(visitor: Stakeholder | AnonymousUser, measure: Measure) -> tuple[set[int], bool]:
    """Rounds in which the visitor has rated the measure, and whether they have judged its fit."""
    if not visitor.is_authenticated:
        return set(), False
    rated = Assessment.objects.filter(rater=visitor, measure=measure).values_list("round", flat=True).distinct()
    return set(rated), FitAssessment.objects.filter(rater=visitor, measure=measure).exists()
