import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import time
from typing import Any

from django.db import transaction
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from measures.models import Assessment, AssessmentReason, AssessmentRound, Criterion, Measure
from measures.permissions import is_rater
from measures.verbs import MeasureVerb
from stakeholders.domain.activity import ONCE_A_DAY, Kind, note_activity, subject
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Channel, Stakeholder
from stakeholders.permissions import is_project_office, may_take_part

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


@dataclass(frozen=True)
class Saved:
    """How far a rater is after an answer; `complete`: the measure has an answer to every question."""

    done: int
    total: int
    complete: bool


@dataclass(frozen=True)
class Recording:
    """Who of the project office wrote down what somebody answered on paper or in the room."""

    actor: Stakeholder
    channel: Channel


@transaction.atomic
def rate(
    *,
    assessment_round: AssessmentRound,
    measure: Measure,
    rater: Stakeholder,
    grades: Mapping[str, int | None],
    reason: str | None = None,
    recording: Recording | None = None,
) -> Saved:
    """Store one person's answers for one measure by key of the criterion; None is "kann ich nicht beurteilen".

    An answer may be revised until the round closes: the latest counts, whichever way it came; the first is kept. The
    `reason` replaces the one before, "" takes it back. The round is locked for sharing, so that raters do not wait for
    each other, but nobody slips in after the round was closed and frozen.
    """
    locked = _locked(assessment_round.slug, measure.slug, rater)
    saved = _store(locked, rater, grades, recording)
    if reason is not None:
        _say_why(locked, rater, reason)
    if recording:
        facts: dict[str, object] = {"rater": rater.pk, "measure": measure.slug, "channel": recording.channel.value}
        record(MeasureVerb.RATING_RECORDED, actor=recording.actor, target=assessment_round, facts=facts)
    return saved


@transaction.atomic
def save_answer(*, slug: str, measure_slug: str, rater: Stakeholder, key: str, grade: int | None) -> Saved:
    """The same for one question as soon as it is answered; three statements, however much is stored.

    Raises AssessmentRound.DoesNotExist for a round that is not published.
    """
    locked = _locked(slug, measure_slug, rater)
    if locked.state == AssessmentRound.State.DRAFT:
        raise AssessmentRound.DoesNotExist
    return _store(locked, rater, {key: grade}, None)


@transaction.atomic
def say_why(*, assessment_round: AssessmentRound, measure: Measure, rater: Stakeholder, text: str) -> None:
    """Keep the reason beside the answers to one measure; "" takes it back. Refused as an answer would be."""
    locked = _locked(assessment_round.slug, measure.slug, rater)
    _refuse(locked, rater, None)
    _say_why(locked, rater, text)


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


def own_reason(*, assessment_round: AssessmentRound, measure: Measure, rater: Stakeholder) -> str:
    rows = AssessmentReason.objects.filter(round=assessment_round, measure=measure, rater=rater)
    return rows.values_list("text", flat=True).first() or ""


MEMBERS = AssessmentRound.measures.through._meta.db_table
LOCKED = f"""
    SELECT round.*,
        (SELECT measure.id FROM {MEMBERS} member JOIN {Measure._meta.db_table} measure ON measure.id = member.measure_id
         WHERE member.assessmentround_id = round.id AND measure.slug = %(measure)s) AS measure_number,
        (SELECT count(*) FROM {MEMBERS} WHERE assessmentround_id = round.id) AS total,
        (SELECT json_object_agg(key, id)::text FROM {Criterion._meta.db_table} WHERE round_id = round.id) AS questions,
        (SELECT json_agg(json_build_array(measure_id, criterion_id))::text FROM {Assessment._meta.db_table}
         WHERE round_id = round.id AND rater_id = %(rater)s) AS answered
    FROM {AssessmentRound._meta.db_table} round WHERE round.slug = %(round)s FOR SHARE OF round
"""  # noqa: S608  (names of tables only)


def _locked(slug: str, measure_slug: str, rater: Stakeholder) -> Any:
    """The round, locked for sharing, with all that an answer needs to know, in one statement: `measure_number` (None if
    the measure does not belong to it), `total`, `questions` and what the rater has `answered` so far, both as JSON.
    """
    values = {"round": slug, "measure": measure_slug, "rater": rater.pk}
    for row in AssessmentRound.objects.raw(LOCKED, values):
        return row
    raise AssessmentRound.DoesNotExist


def _store(locked: Any, rater: Stakeholder, grades: Mapping[str, int | None], recording: Recording | None) -> Saved:
    _refuse(locked, rater, recording)
    questions: dict[str, int] = json.loads(locked.questions or "{}")
    _refuse_grades(grades, questions)
    Assessment.objects.bulk_create(
        [
            Assessment(
                round=locked,
                rater=rater,
                measure_id=locked.measure_number,
                criterion_id=questions[key],
                grade=grade,
                first_grade=grade,
                channel=recording.channel if recording else Channel.WEB,
                recorded_by=recording.actor if recording else None,
            )
            for key, grade in sorted(grades.items())
        ],
        update_conflicts=True,
        unique_fields=["round", "rater", "measure", "criterion"],
        update_fields=["grade", "channel", "recorded_by", "changed_at"],
    )
    note_activity(person=rater, kind=Kind.ASSESSED, again_after=ONCE_A_DAY, **subject("round", locked))
    return _progress(locked, {(locked.measure_number, questions[key]) for key in grades}, len(questions))


def _progress(locked: Any, new: set[tuple[int, int]], questions: int) -> Saved:
    answered = {(measure, criterion) for measure, criterion in json.loads(locked.answered or "[]")} | new
    answers = Counter(measure for measure, _criterion in answered)
    done = sum(number >= questions for number in answers.values())
    return Saved(done=done, total=locked.total, complete=answers[locked.measure_number] >= questions)


def _say_why(locked: Any, rater: Stakeholder, text: str) -> None:
    own = {"round": locked, "rater": rater, "measure_id": locked.measure_number}
    if text:
        AssessmentReason.objects.update_or_create(**own, defaults={"text": text})
    else:
        AssessmentReason.objects.filter(**own).delete()


def _refuse(locked: Any, rater: Stakeholder, recording: Recording | None) -> None:
    """Unless this person may answer about this measure now."""
    if recording:
        _refuse_recording(rater, recording)
    elif not (is_rater(rater) and may_take_part(rater)):
        raise Refusal(_("Bewerten können Akteurinnen und Akteure, deren Profil vollständig ist."))
    _refuse_outside_opening_times(locked)
    if locked.measure_number is None:
        raise Refusal(_("Diese Maßnahme gehört nicht zu dieser Runde."))


def _refuse_recording(rater: Stakeholder, recording: Recording) -> None:
    if not is_project_office(recording.actor):
        raise Refusal(_("Bewertungen für andere erfasst nur das Projektbüro."))
    if not (rater.is_active and is_rater(rater) and rater.has_complete_profile):
        raise Refusal(_("Dieser Person fehlt noch Nachname, Akteursgruppe oder Kreis, oder ihr Zugang ist gesperrt."))


def _refuse_outside_opening_times(assessment_round: AssessmentRound) -> None:
    if assessment_round.is_over:
        raise Refusal(_("Diese Runde ist beendet. Ihre Antwort wurde nicht gespeichert."))
    if not assessment_round.is_open:
        raise Refusal(_("Diese Runde ist noch nicht geöffnet. Ihre Antwort wurde nicht gespeichert."))


def _refuse_grades(grades: Mapping[str, int | None], questions: Mapping[str, int]) -> None:
    if not grades:
        raise Refusal(_("Bitte beantworten Sie mindestens eine Frage."))
    for key, grade in grades.items():
        if key not in questions:
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
