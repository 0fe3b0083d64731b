"""What has happened to measures, for apps above that tell of it: the one place they ask.

A fact is a word without a colon that is good for a key, its label a sentence in the language of the moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from measures.domain.measure_history import status_histories
from measures.models import Measure

History = list[tuple[str, datetime]]


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
    """For each of the known facts what has changed since, the earliest first, in one query.

    Who knows nothing yet is told the status of that time, unless it is the first of all, and what came after.
    """
    histories = status_histories({row.measure.pk for row in known})
    return [
        [
            Change(status, _label(row.measure, status), at)
            for status, at in _later(histories.get(row.measure.pk, []), row)
        ]
        for row in known
    ]


def _label(measure: Measure, status: str) -> Callable[[], str]:
    def label() -> str:
        words = _("Stand der Maßnahme „%(measure)s“: %(status)s")
        return words % {"measure": measure, "status": Measure.Status(status).label}

    return label


def _later(history: History, known: Known) -> History:
    if not history:
        return []
    held = [place for place, (status, at) in enumerate(history) if at <= known.at and known.fact in ("", status)]
    if known.fact:
        later = history[held[-1] + 1 :] if held else [step for step in history if step[1] > known.at]
        return later[1:] if later and later[0][0] == known.fact else later
    place = held[-1] if held else 0
    status, at = history[place]
    first = [] if status == Measure.Status.PROPOSED else [(status, max(at, known.at))]
    return [*first, *history[place + 1 :]]
