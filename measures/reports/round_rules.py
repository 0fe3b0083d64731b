"""What is published about a round before it opens, and stands until long after: how answers become a result."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.domain.round_ratings import options_of
from measures.models import AssessmentRound
from measures.reports.method import steps


def rules(assessment_round: AssessmentRound) -> tuple[str, ...]:
    """Sentences in the reading language: the method of the report with the figures of this round, and who sees what."""
    required = [str(group) for group in assessment_round.required_groups.all()]
    named = (_("Ohne diese Gruppen gibt es keinen Rang: %(groups)s.") % {"groups": ", ".join(required)},)
    return (
        *steps(options_of(assessment_round).as_dict(), get_language() or "de"),
        *(named if required else ()),
        _("Als Spitze der Rangfolge gelten die ersten %(top)d Plätze.") % {"top": assessment_round.top},
        _others(assessment_round),
    )


def _others(assessment_round: AssessmentRound) -> str:
    if assessment_round.shows_aggregates:
        return _(
            "Wer alle Fragen zu einer Maßnahme beantwortet hat, sieht, wie andere antworten, und kann die eigenen "
            "Antworten ändern. Gezählt wird die letzte Antwort, berichtet auch die erste."
        )
    return _("Wie andere antworten, sieht niemand, bevor die Runde beendet ist. Gezählt wird die letzte Antwort.")
