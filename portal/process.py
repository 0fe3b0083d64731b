from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from measures.models import Measure

Status = Measure.Status

STEPS: tuple[tuple[Promise, Promise, frozenset[Status]], ...] = (
    (_("Leitlinien"), _("vorgelegt im Frühjahr 2018"), frozenset()),
    (_("Empfehlungen"), _("vorgelegt am 12. November 2018"), frozenset()),
    (_("Prüfung"), _("Passen die Maßnahmen in die Regionen?"), frozenset({Status.PROPOSED, Status.IN_REVIEW})),
    (_("Priorisierung"), _("Was kommt zuerst?"), frozenset({Status.PRIORITISED})),
    (_("Konzepte"), _("Wie und mit wem?"), frozenset({Status.CONCEPT})),
    (_("Umsetzung"), _("Was ist erreicht?"), frozenset({Status.IN_IMPLEMENTATION, Status.DONE})),
)
"""The way from the guidelines to the implementation: name, explanation, statuses of measures that belong there."""


@dataclass(frozen=True)
class Step:
    name: Promise
    explanation: Promise
    done: bool
    now: bool


def process(measures: Iterable[Measure]) -> list[Step]:
    """The steps with today's mark: the process stands where the most advanced measure of the catalogue stands."""
    statuses = {measure.status for measure in measures}
    reached = max((index for index, step in enumerate(STEPS) if step[2] & statuses), default=2)
    return [
        Step(name=name, explanation=explanation, done=index < reached, now=index == reached)
        for index, (name, explanation, _statuses) in enumerate(STEPS)
    ]
