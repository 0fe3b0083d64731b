"""What has happened to measures, for apps above that tell of it: the one place they ask.

A fact is a word without a colon that is good for a key, its label a sentence in the language of the moment.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.domain.measure_history import status_histories
from measures.models import ImplementationConcept, Measure, Milestone
from publishing.numbers import short_date

History = list[tuple[str, datetime]]

CONCEPT = "concept-published"
"""The fact; `concept` alone is a status."""


@dataclass(frozen=True, slots=True)
class Known:
    """The last `fact` somebody knows of a measure, empty if none, and as of when."""

    measure: Measure
    fact: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    fact: str
    label: Callable[[], str]
    at: datetime


def changes_since(known: Sequence[Known]) -> list[list[Change]]:
    """For each of the known facts what has changed since, the earliest first, in three queries.

    Who knows nothing yet is told the status of that time, unless it is the first of all, and what came after.
    A concept counts from when it was published first, a milestone from when the portal learned that it is done, which
    never lies before what is known already; the day itself stands in the label.
    """
    numbers = {row.measure.pk for row in known}
    histories, marks = status_histories(numbers), _marks(numbers)
    return [_changes(row, histories.get(row.measure.pk, []), marks.get(row.measure.pk, [])) for row in known]


def _changes(known: Known, history: History, marks: Sequence[ImplementationConcept | Milestone]) -> list[Change]:
    changes = [Change(status, _label(known.measure, status), at) for status, at in _later(history, known)]
    for mark in marks:
        if isinstance(mark, Milestone):
            change = Change(f"milestone-{mark.pk}", _milestone_label(known.measure, mark), _certain(mark.noted_at))
        else:
            change = Change(CONCEPT, _concept_label(known.measure), _certain(mark.published_at))
        if change.at > known.at:
            changes.append(change)
    return sorted(changes, key=lambda change: change.at)


def _certain(at: datetime | None) -> datetime:
    if at is None:
        raise ValueError("The database keeps what is published or done together with its time.")
    return at


def _marks(measures: set[int]) -> dict[int, list[ImplementationConcept | Milestone]]:
    """Published concepts and milestones done, by the number of their measure."""
    found: dict[int, list[ImplementationConcept | Milestone]] = defaultdict(list)
    for concept in (
        ImplementationConcept.objects.published().filter(measure__in=measures).only("measure", "published_at")
    ):
        found[concept.measure_id].append(concept)
    for milestone in Milestone.objects.filter(measure__in=measures, done_on__isnull=False):
        found[milestone.measure_id].append(milestone)
    return found


def _label(measure: Measure, status: str) -> Callable[[], str]:
    def label() -> str:
        words = _("Stand der Maßnahme „%(measure)s“: %(status)s")
        return words % {"measure": measure, "status": Measure.Status(status).label}

    return label


def _concept_label(measure: Measure) -> Callable[[], str]:
    return lambda: _("Das Umsetzungskonzept der Maßnahme „%(measure)s“ ist veröffentlicht.") % {"measure": measure}


def _milestone_label(measure: Measure, milestone: Milestone) -> Callable[[], str]:
    def label() -> str:
        day = short_date(milestone.done_on, get_language() or "de") if milestone.done_on else ""
        words = _("Meilenstein „%(milestone)s“ der Maßnahme „%(measure)s“ erreicht am %(day)s")
        return words % {"milestone": milestone, "measure": measure, "day": day}

    return label


def _later(history: History, known: Known) -> History:
    if not history:
        return []
    if known.fact and known.fact not in Measure.Status.values:
        return [step for step in history if step[1] > known.at]
    held = [place for place, (status, at) in enumerate(history) if at <= known.at and known.fact in ("", status)]
    if known.fact:
        later = history[held[-1] + 1 :] if held else [step for step in history if step[1] > known.at]
        return later[1:] if later and later[0][0] == known.fact else later
    place = held[-1] if held else 0
    status, at = history[place]
    first = [] if status == Measure.Status.PROPOSED else [(status, max(at, known.at))]
    return [*first, *history[place + 1 :]]
