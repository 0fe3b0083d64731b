from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, Func, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import Assessment, AssessmentRound, Criterion, Measure
from measures.verbs import MeasureVerb
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.selection import people_of
from stakeholders.models import Selection, Stakeholder

QUARTER = Decimal("0.25")


def default_criteria() -> tuple[Criterion, ...]:
    """The four criteria of the check for regional fit, unsaved and without a round; more is always better."""
    return (
        Criterion(
            key="need",
            label="Bedarf",
            label_en="Need",
            question="Wie dringend wird die Maßnahme in Ihrer Region gebraucht?",
            question_en="How urgently is the measure needed in your region?",
            weight=QUARTER,
            position=1,
        ),
        Criterion(
            key="impact",
            label="Wirkung",
            label_en="Impact",
            question="Wie stark würde die Maßnahme in Ihrer Region wirken?",
            question_en="How strong would the effect of the measure be in your region?",
            weight=QUARTER,
            position=2,
        ),
        Criterion(
            key="feasibility",
            label="Umsetzbarkeit",
            label_en="Feasibility",
            question="Wie gut lässt sich die Maßnahme in Ihrer Region umsetzen?",
            question_en="How well can the measure be put into practice in your region?",
            weight=QUARTER,
            position=3,
        ),
        Criterion(
            key="fit",
            label="Passfähigkeit",
            label_en="Regional fit",
            question="Wie gut passt die Maßnahme zu den Gegebenheiten Ihrer Region?",
            question_en="How well does the measure fit the conditions of your region?",
            weight=QUARTER,
            position=4,
        ),
    )


@transaction.atomic
def create_round(
    *,
    slug: str,
    title: str,
    question: str,
    opens_at: datetime,
    closes_at: datetime,
    measures: Iterable[Measure],
    demo: bool = False,
) -> AssessmentRound:
    """A draft with the default criteria; nobody but the project office sees it until it is published."""
    assessment_round = AssessmentRound.objects.create(
        slug=slug, title=title, question=question, opens_at=opens_at, closes_at=closes_at, demo=demo
    )
    assessment_round.measures.set(measures)
    add_default_criteria(assessment_round)
    return assessment_round


def add_default_criteria(assessment_round: AssessmentRound) -> None:
    """Does nothing if the round has criteria already."""
    if assessment_round.criteria.exists():
        return
    criteria = default_criteria()
    for criterion in criteria:
        criterion.round = assessment_round
    Criterion.objects.bulk_create(criteria)


def open_rounds_with_raters() -> QuerySet[AssessmentRound]:
    """Each with `raters`, how many people have answered anything; one look into the index for each stakeholder."""
    answers = Assessment.objects.filter(round=OuterRef(OuterRef("pk")), rater=OuterRef("pk"))
    people = Stakeholder.objects.taking_part().filter(Exists(answers)).order_by()
    count = people.annotate(number=Func(Value(1), function="count")).values("number")
    return AssessmentRound.objects.open().annotate(raters=Subquery(count, output_field=IntegerField()))


@transaction.atomic
def publish_round(*, assessment_round: AssessmentRound, actor: Stakeholder) -> AssessmentRound:
    """Show question, measures, criteria and weights to everybody; from now on none of them can change.

    Raters can answer from `opens_at` on. Publishing again does nothing.
    """
    locked = AssessmentRound.objects.select_for_update().get(pk=assessment_round.pk)
    if locked.state == AssessmentRound.State.PUBLISHED:
        return locked
    if locked.state == AssessmentRound.State.CLOSED:
        raise Refusal(_("Diese Runde ist beendet. Legen Sie für eine weitere Bewertung eine neue Runde an."))
    _refuse_times(locked)
    _refuse_audience(locked)
    _refuse_measures(locked)
    _refuse_criteria(locked)
    locked.state = AssessmentRound.State.PUBLISHED
    locked.save(update_fields=["state"])
    weights = {criterion.key: str(criterion.weight) for criterion in locked.criteria.all()}
    record(MeasureVerb.ROUND_PUBLISHED, actor=actor, target=locked, facts={"weights": weights})
    return locked


@transaction.atomic
def close_round(*, assessment_round: AssessmentRound, actor: Stakeholder) -> AssessmentRound:
    """End a round, also before its time; `closes_at` then says when it really ended. Closing again does nothing."""
    locked = AssessmentRound.objects.select_for_update().get(pk=assessment_round.pk)
    if locked.state == AssessmentRound.State.CLOSED:
        return locked
    now = timezone.now()
    if locked.state == AssessmentRound.State.DRAFT or now <= locked.opens_at:
        raise Refusal(_("Diese Runde ist noch nicht geöffnet und kann deshalb nicht beendet werden."))
    end_round(locked, actor=actor, at=now)
    return locked


def end_round(locked: AssessmentRound, *, actor: Stakeholder | None, at: datetime) -> None:
    """Needs the lock of the round; without an `actor` it was the clock."""
    locked.state = AssessmentRound.State.CLOSED
    locked.closes_at = min(locked.closes_at, at)
    locked.save(update_fields=["state", "closes_at"])
    record(MeasureVerb.ROUND_CLOSED, actor=actor, target=locked, facts={"closes_at": locked.closes_at.isoformat()})


def _refuse_times(assessment_round: AssessmentRound) -> None:
    if assessment_round.closes_at <= assessment_round.opens_at:
        raise Refusal(_("Das Ende muss nach dem Beginn liegen."), field="closes_at")
    if assessment_round.closes_at <= timezone.now():
        raise Refusal(_("Das Ende liegt in der Vergangenheit. Setzen Sie ein späteres Ende."), field="closes_at")


def refuse_reminder(
    opens_at: datetime, closes_at: datetime, remind_at: datetime | None, audience: Selection | None
) -> None:
    if remind_at and not opens_at < remind_at < closes_at:
        raise Refusal(_("Erinnert wird, solange die Runde läuft: nach dem Beginn und vor dem Ende."), "remind_at")
    if remind_at and audience is None:
        raise Refusal(_("Wählen Sie aus, wer erinnert werden soll, oder lassen Sie die Erinnerung weg."), "audience")


def _refuse_audience(assessment_round: AssessmentRound) -> None:
    times = (assessment_round.opens_at, assessment_round.closes_at, assessment_round.remind_at)
    refuse_reminder(*times, assessment_round.audience)
    if assessment_round.audience and not people_of(assessment_round.audience).exists():
        raise Refusal(_("In der eingeladenen Auswahl ist niemand. Bitte wählen Sie eine andere."), "audience")


def _refuse_measures(assessment_round: AssessmentRound) -> None:
    """Locks the measures, so that none of them is withdrawn at this very moment."""
    measures = list(assessment_round.measures.select_for_update(of=("self",)).order_by("pk"))
    if not measures:
        raise Refusal(_("Wählen Sie mindestens eine Maßnahme aus, die bewertet werden soll."), field="measures")
    hidden = [str(measure) for measure in measures if not measure.published]
    if hidden:
        text = _("Diese Maßnahmen sind nicht veröffentlicht: %(measures)s. Veröffentlichen Sie sie zuerst.")
        raise Refusal(text % {"measures": ", ".join(hidden)}, field="measures")


def _refuse_criteria(assessment_round: AssessmentRound) -> None:
    weights = [criterion.weight for criterion in assessment_round.criteria.all()]
    if not weights:
        raise Refusal(_("Legen Sie mindestens ein Kriterium an."))
    if sum(weights) != 1:
        total = f"{sum(weights):f}".rstrip("0").rstrip(".").replace(".", ",")
        text = _("Die Gewichte der Kriterien ergeben zusammen %(total)s. Sie müssen zusammen genau 1 ergeben.")
        raise Refusal(text % {"total": total})
