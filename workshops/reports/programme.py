"""The programme of an event as its page tells it: by day and time, what is parallel side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from workshops.models import Session


@dataclass(frozen=True)
class Slot:
    """Sessions that begin at the same time; each may end at another."""

    starts_at: datetime
    sessions: list[Session]

    @property
    def ends_at(self) -> datetime | None:
        """None where the sessions end at different times."""
        ends = {session.ends_at for session in self.sessions}
        return ends.pop() if len(ends) == 1 else None

    @property
    def is_parallel(self) -> bool:
        return len(self.sessions) > 1


@dataclass(frozen=True)
class Day:
    date: date
    slots: list[Slot]


def programme(sessions: Iterable[Session]) -> list[Day]:
    """`sessions` in order of time."""
    slots = [Slot(start, list(rows)) for start, rows in groupby(sessions, key=lambda session: session.starts_at)]
    by_day = groupby(slots, key=lambda slot: timezone.localtime(slot.starts_at).date())
    return [Day(day, list(rows)) for day, rows in by_day]
