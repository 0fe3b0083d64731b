"""What this app knows about a person, and how it forgets."""

from django.db import models
from django.utils.translation import gettext as _

from measures.domain.former_rater import leave_answers, rounds_kept
from measures.models import Assessment, AssessmentReason, CatalogueImport, FitAssessment, Ranking, ReportLink
from stakeholders.domain.personal_data import Fact, rows_of
from stakeholders.models import Stakeholder

MODELS: tuple[type[models.Model], ...] = (
    Assessment,
    AssessmentReason,
    CatalogueImport,
    FitAssessment,
    Ranking,
    ReportLink,
)


def collect(person: Stakeholder) -> dict[str, object]:
    frozen = Ranking.objects.filter(created_by=person).defer("data", "result", "labels")
    return {
        "assessments": rows_of(Assessment.objects.filter(rater=person), leave_out=("former",)),
        "assessment_reasons": rows_of(AssessmentReason.objects.filter(rater=person)),
        "fit_assessments": rows_of(FitAssessment.objects.filter(rater=person)),
        "catalogue_imports": rows_of(CatalogueImport.objects.filter(created_by=person), leave_out=("content",)),
        "report_links": rows_of(ReportLink.objects.filter(created_by=person), leave_out=("token_hash",)),
        "frozen_rankings": rows_of(frozen, title=_("Eingefrorene Ergebnisse"), leave_out=("data", "result", "labels")),
    }


def statement(person: Stakeholder) -> list[Fact]:
    answers = Assessment.objects.filter(rater=person)
    kept = answers.filter(round__in=rounds_kept(person)).count()
    return [
        Fact(False, _("Ihre Bewertungen in laufenden Runden werden gelöscht."), answers.count() - kept),
        Fact(
            True,
            _(
                "Ihre Bewertungen in beendeten Runden bleiben ohne Ihren Namen als Zahlen, weil die Ergebnisse aus "
                "ihnen berechnet sind."
            ),
            kept,
        ),
        Fact(
            False,
            _("Ihre Begründungen zu Bewertungen werden gelöscht."),
            AssessmentReason.objects.filter(rater=person).count(),
        ),
        Fact(
            False,
            _("Ihre Angaben zur Passfähigkeit werden gelöscht."),
            FitAssessment.objects.filter(rater=person).count(),
        ),
    ]


def erase(person: Stakeholder) -> None:
    """Answers of running rounds go, those of rounds that are over stay without the person, see `leave_answers`. Frozen
    rankings stay as they are: they know raters by number only, and the number of no account."""
    leave_answers(person=person)
    AssessmentReason.objects.filter(rater=person).delete()
    FitAssessment.objects.filter(rater=person).delete()
    for written in (Assessment, FitAssessment):
        written.objects.filter(recorded_by=person).update(recorded_by=None)
    CatalogueImport.objects.filter(created_by=person).update(created_by=None, file_name="")
    ReportLink.objects.filter(created_by=person).update(created_by=None)
    Ranking.objects.filter(created_by=person).update(created_by=None)
