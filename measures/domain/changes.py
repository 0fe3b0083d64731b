"""What has happened to measures, for apps above that tell of it: the one place they ask.

A fact is a word without a colon that is good for a key, its label a sentence in the language of the moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import Measure


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
    """For each of the known facts what has changed since, the earliest first.

    A measure keeps only its present status: a change is found when somebody asks, and dated by that day; a status that
    came and went in between is never told.
    """
    now = timezone.now()
    return [_status_change(row, now) for row in known]


def _status_change(known: Known, now: datetime) -> list[Change]:
    measure = known.measure
    if measure.status == (known.fact or Measure.Status.PROPOSED):
        return []

    def label() -> str:
        words = _("Stand der Maßnahme „%(measure)s“: %(status)s")
        return words % {"measure": measure, "status": measure.get_status_display()}

    return [Change(measure.status, label, now)]
