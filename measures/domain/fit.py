from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from measures.models import FitAssessment, Measure
from measures.models.fit import FIT_QUESTIONS
from measures.permissions import is_rater
from measures.verbs import MeasureVerb
from publishing.text import printable
from stakeholders.domain.activity import ONCE_A_DAY, Kind, note_activity, subject
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Channel, District, Stakeholder
from stakeholders.models.channel import BY_OFFICE
from stakeholders.permissions import is_project_office, may_take_part

GRADES = range(1, 6)
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class FitAnswer:
    """`grades` has one entry for each of the four questions; None is "kann ich nicht beurteilen"."""

    knows: str
    grades: Mapping[str, int | None]
    reason: str = ""


def districts_to_rate() -> QuerySet[District]:
    """The districts of Saxony; "outside Saxony" is no place whose conditions a measure could fit."""
    return District.objects.exclude(nuts="")


def own_fits(*, measure: Measure, rater: Stakeholder) -> list[FitAssessment]:
    """What the person has said so far about this measure, one for each district they know."""
    return list(FitAssessment.objects.filter(measure=measure, rater=rater).select_related("district"))


def with_reason() -> QuerySet[FitAssessment]:
    return FitAssessment.objects.exclude(reason="")


@transaction.atomic
def assess_fit(
    *,
    measure: Measure,
    district: District,
    rater: Stakeholder,
    answer: FitAnswer,
    recorded_by: Stakeholder | None = None,
    channel: Channel = Channel.WEB,
) -> bool:
    """Store how the rater judges the fit of the measure to the district; True if it replaces what they said before.

    `recorded_by` of the project office writes down what the rater said by another `channel`; what somebody entered
    themselves is never replaced so. The measure is locked for sharing: nobody rates what is just being withdrawn.
    """
    rater = Stakeholder.objects.select_for_update(no_key=True).get(pk=rater.pk)
    locked = _shared(measure)
    _refuse_people(rater, recorded_by, channel)
    if not locked.published:
        raise Refusal(_("Diese Maßnahme ist zurzeit nicht veröffentlicht. Ihre Antwort wurde nicht gespeichert."))
    if not district.nuts:
        raise Refusal(_("Bitte wählen Sie einen Kreis oder eine kreisfreie Stadt in Sachsen."), "district")
    reason = _checked(answer)
    known = FitAssessment.objects.filter(measure=measure, district=district, rater=rater).first()
    if recorded_by and known and known.channel == Channel.WEB:
        raise Refusal(_("Diese Person hat sich im Portal schon selbst dazu geäußert. Ihre Antwort bleibt."), "district")
    _store(
        known or FitAssessment(measure=measure, district=district, rater=rater), answer, reason, recorded_by, channel
    )
    if recorded_by:
        facts: dict[str, object] = {"rater": rater.pk, "district": district.key, "channel": channel.value}
        record(MeasureVerb.FIT_RECORDED, actor=recorded_by, target=measure, facts=facts)
    note_activity(person=rater, kind=Kind.ASSESSED, again_after=ONCE_A_DAY, **subject("fit", measure))
    return known is not None


def _store(
    row: FitAssessment, answer: FitAnswer, reason: str, recorded_by: Stakeholder | None, channel: Channel
) -> None:
    for name, grade in answer.grades.items():
        setattr(row, name, grade)
    row.knows, row.reason, row.channel, row.recorded_by = answer.knows, reason, channel, recorded_by
    row.save()


def _shared(measure: Measure) -> Measure:
    table = Measure._meta.db_table
    rows = Measure.objects.raw(f"SELECT id, published FROM {table} WHERE id = %s FOR SHARE", [measure.pk])  # noqa: S608
    return rows[0]


def _refuse_people(rater: Stakeholder, recorded_by: Stakeholder | None, channel: Channel) -> None:
    if recorded_by is None:
        if not (is_rater(rater) and may_take_part(rater)):
            raise Refusal(_("Bewerten können Akteurinnen und Akteure, deren Profil vollständig ist."))
        return
    if not is_project_office(recorded_by):
        raise Refusal(_("Für andere schreibt nur das Projektbüro Bewertungen auf."))
    if not (is_rater(rater) and rater.is_active and rater.has_complete_profile):
        raise Refusal(_("Dieser Person fehlt noch Nachname, Akteursgruppe oder Kreis, oder ihr Zugang ist gesperrt."))
    if channel not in dict(BY_OFFICE):
        raise Refusal(_("Bitte sagen Sie, auf welchem Weg die Bewertung eingegangen ist."), "channel")


def _checked(answer: FitAnswer) -> str:
    """The reason as it is kept; refuses what a form in good order would not send."""
    if answer.knows not in FitAssessment.Knows.values:
        raise Refusal(_("Bitte sagen Sie, woher Sie den Kreis kennen."), "knows")
    if set(answer.grades) != set(FIT_QUESTIONS):
        raise Refusal(_("Bitte beantworten Sie die vier Fragen."))
    for name, grade in answer.grades.items():
        if grade is not None and grade not in GRADES:
            raise Refusal(_("Bitte wählen Sie eine der fünf Stufen."), name)
    if all(grade is None for grade in answer.grades.values()):
        raise Refusal(_("Bitte beantworten Sie mindestens eine Frage mit einer Stufe."))
    reason = printable(answer.reason).strip()
    if len(reason) > LONGEST_REASON:
        raise Refusal(_("Bitte kürzen Sie die Begründung auf höchstens 1.000 Zeichen."), "reason")
    return reason
