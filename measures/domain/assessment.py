import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import time

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef
from django.utils.translation import gettext as _

from measures.models import Assessment, AssessmentRound, Criterion, Measure
from measures.permissions import is_rater
from stakeholders.domain.activity import ONCE_A_DAY, Kind, note_activity, subject
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import may_take_part

GRADES = range(1, 6)
SECONDS_OF_A_COUNT = 600


@dataclass(frozen=True)
class Sheet:
    """What one rater has to do in a round: the measures in the order in which they are shown, and which are rated."""

    measures: tuple[Measure, ...]
    rated: frozenset[int]

    @property
    def done(self) -> int:
        return len(self.rated)

    @property
    def total(self) -> int:
        return len(self.measures)

    def place(self, measure: Measure) -> int:
        """Counted from 1."""
        return self.measures.index(measure) + 1

    def before(self, measure: Measure) -> Measure | None:
        place = self.measures.index(measure)
        return self.measures[place - 1] if place else None

    def next_open(self, measure: Measure | None = None) -> Measure | None:
        """The next measure without a rating, looked for behind `measure` and then from the start."""
        start = self.measures.index(measure) + 1 if measure else 0
        waiting = (*self.measures[start:], *self.measures[:start])
        return next((row for row in waiting if row.pk not in self.rated and row != measure), None)


@transaction.atomic
def rate(
    *, assessment_round: AssessmentRound, measure: Measure, rater: Stakeholder, grades: Mapping[str, int | None]
) -> None:
    """Store one person's answers for one measure by key of the criterion; None is "kann ich nicht beurteilen".

    An answer may be revised until the round closes: the latest counts, the first is kept. The round is locked for
    sharing, so that raters do not wait for each other, but nobody slips in after the round was closed and frozen.
    """
    locked = _shared(assessment_round)
    if not (is_rater(rater) and may_take_part(rater)):
        raise Refusal(_("Bewerten können Akteurinnen und Akteure, deren Profil vollständig ist."))
    _refuse_outside_opening_times(locked)
    criteria = {criterion.key: criterion for criterion in _criteria(locked, measure)}
    if not criteria:
        raise Refusal(_("Diese Maßnahme gehört nicht zu dieser Runde."))
    _refuse_grades(grades, criteria)
    Assessment.objects.bulk_create(
        [
            Assessment(
                round=locked, rater=rater, measure=measure, criterion=criteria[key], grade=grade, first_grade=grade
            )
            for key, grade in sorted(grades.items())
        ],
        update_conflicts=True,
        unique_fields=["round", "rater", "measure", "criterion"],
        update_fields=["grade", "changed_at"],
    )
    note_activity(person=rater, kind=Kind.ASSESSED, again_after=ONCE_A_DAY, **subject("round", locked))


def sheet(*, assessment_round: AssessmentRound, rater: Stakeholder) -> Sheet:
    """Rated measures first, as they were answered; then the others, those rated least in the rater's group first.

    Ties are broken by chance, the same for this rater every time. So it depends on the design and not on taste which
    measures stay without a rating (methods section 4.9).
    """
    measures = list(assessment_round.measures.select_related("field_of_action"))
    answered = _answered(assessment_round, rater)
    counts = _raters_by_measure(assessment_round.pk, rater.group_id, int(time()) // SECONDS_OF_A_COUNT)
    random.Random(f"{assessment_round.pk}/{rater.pk}").shuffle(measures)  # noqa: S311 an order, no secret
    places = {pk: place for place, pk in enumerate(answered)}
    measures.sort(key=lambda row: (places.get(row.pk, len(places)), counts.get(row.pk, 0)))
    return Sheet(tuple(measures), frozenset(answered))


def own_answers(*, assessment_round: AssessmentRound, measure: Measure, rater: Stakeholder) -> dict[str, int | None]:
    """The rater's latest answers by key of the criterion; what was not answered is absent."""
    rows = Assessment.objects.filter(round=assessment_round, measure=measure, rater=rater)
    return dict(rows.values_list("criterion__key", "grade"))


def _shared(assessment_round: AssessmentRound) -> AssessmentRound:
    table = AssessmentRound._meta.db_table
    rows = AssessmentRound.objects.raw(f"SELECT * FROM {table} WHERE id = %s FOR SHARE", [assessment_round.pk])  # noqa: S608
    return rows[0]


def _refuse_outside_opening_times(assessment_round: AssessmentRound) -> None:
    if assessment_round.is_over:
        raise Refusal(_("Diese Runde ist beendet. Ihre Antwort wurde nicht gespeichert."))
    if not assessment_round.is_open:
        raise Refusal(_("Diese Runde ist noch nicht geöffnet. Ihre Antwort wurde nicht gespeichert."))


def _criteria(assessment_round: AssessmentRound, measure: Measure) -> list[Criterion]:
    """None at all if the measure does not belong to the round: one query answers both questions."""
    member = AssessmentRound.measures.through.objects.filter(
        assessmentround_id=OuterRef("round_id"), measure_id=measure.pk
    )
    return list(Criterion.objects.filter(Exists(member), round=assessment_round))


def _refuse_grades(grades: Mapping[str, int | None], criteria: Mapping[str, Criterion]) -> None:
    if not grades:
        raise Refusal(_("Bitte beantworten Sie mindestens eine Frage."))
    for key, grade in grades.items():
        if key not in criteria:
            raise Refusal(_("Diese Frage gehört nicht zu dieser Runde. Laden Sie die Seite neu."))
        if grade is not None and grade not in GRADES:
            raise Refusal(_("Bitte wählen Sie eine der fünf Stufen."), field=key)


def _answered(assessment_round: AssessmentRound, rater: Stakeholder) -> list[int]:
    """Measures that the rater has answered on every criterion, in the order of the first answer."""
    rows = (
        Assessment.objects.filter(round=assessment_round, rater=rater)
        .values("measure")
        .annotate(answers=Count("pk"), first=Min("pk"))
        .order_by("first")
    )
    criteria = assessment_round.criteria.count()
    return [row["measure"] for row in rows if row["answers"] >= criteria]


@lru_cache(maxsize=256)
def _raters_by_measure(round_id: int, group_id: int | None, _time: int) -> dict[int, int]:
    """How many of a group have answered, by measure. Kept for ten minutes, because an order may be a little old, while
    counting millions of answers for every screen would make all raters wait."""
    rows = (
        Assessment.objects.filter(round_id=round_id, rater__group_id=group_id)
        .filter(criterion=Criterion.objects.filter(round_id=round_id).order_by("position", "pk").values("pk")[:1])
        .values("measure")
        .annotate(raters=Count("pk"))
    )
    return {row["measure"]: row["raters"] for row in rows}
