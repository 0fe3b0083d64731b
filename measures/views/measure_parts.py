"""What the page of a measure shows alike to everybody: facts, text, course, concept, partners, milestones, documents,
related measures and what the apps above add."""

from django.template.loader import render_to_string
from django.utils.html import format_html_join

from measures.domain.measure_history import status_history
from measures.models import ImplementationConcept, Measure, Partner
from measures.reports.panels import panels_of
from measures.reports.standing import standing
from publishing.kept import kept

MINUTE = 60
PARTS = ("measure_facts", "measure_text", "concept", "documents", "measure_related")
COURSE = (
    Measure.Status.PROPOSED,
    Measure.Status.IN_REVIEW,
    Measure.Status.PRIORITISED,
    Measure.Status.CONCEPT,
    Measure.Status.IN_IMPLEMENTATION,
    Measure.Status.DONE,
)
"""The way of a measure that is pursued."""


def measure_parts(measure: Measure) -> dict[str, object]:
    """The parts drawn and the standing: at most a minute old, and new with the measure and with its latest ranking.

    Fourteen queries when they are drawn, else none. The measure comes from `with_latest_ranking`.
    """
    version = (measure.changed_at, getattr(measure, "latest_ranking", None))
    return kept("measure-parts", measure.pk, version, seconds=MINUTE, draw=lambda: _drawn(measure))


def _drawn(measure: Measure) -> dict[str, object]:
    history = [(Measure.Status(status).label, at) for status, at in status_history(measure)]
    milestones = list(measure.milestones.all())
    context = {
        "measure": measure,
        "history": history,
        "since": history[-1][1] if len(history) > 1 else None,
        "course": _course(Measure.Status(measure.status)),
        "topics": measure.topics.all(),
        "districts": measure.districts.all(),
        "recommendations": measure.recommendations.all(),
        "related": measure.related.published().named(),
        "concept": ImplementationConcept.objects.published()
        .filter(measure=measure)
        .select_related("responsible")
        .first(),
        "partners": _partners(measure),
        "milestones": milestones,
        "reached": sum(milestone.done_on is not None for milestone in milestones),
    }
    drawn = {name: render_to_string(f"measures/parts/{name}.html", context) for name in PARTS}
    panels = format_html_join("", "{}", ((panel,) for panel in panels_of(measure)))
    return {**drawn, "panels": panels, "standing": standing(measure)}


def _partners(measure: Measure) -> list[Partner]:
    """Each organisation once for each of its roles, also when it was entered under two names that became one."""
    rows = Partner.objects.confirmed().filter(measure=measure).select_related("organisation")
    return list({(row.organisation_id, row.role): row for row in rows}.values())


def _course(status: Measure.Status) -> list[tuple[str, str]]:
    """Every step with "done", "now" or "" (to come); nothing for a measure that is not pursued."""
    if status not in COURSE:
        return []
    here = COURSE.index(status)
    return [
        (str(step.label), "done" if place < here else "now" if place == here else "")
        for place, step in enumerate(COURSE)
    ]
