"""What the people of the load data did in three years, drawn at once for all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from stakeholders.models import Activity

Kind = Activity.Kind

DAY = 24 * 3600
YEARS = 3 * 365 * DAY
PER_PERSON = 4.5
"""Drawn facts for each person on average; a few do much, many little."""

THINGS = (
    (Kind.INVITED, "load-workshop", "Veranstaltung", 60, 0.24),
    (Kind.REGISTERED, "load-workshop", "Veranstaltung", 60, 0.16),
    (Kind.ATTENDED, "load-workshop", "Veranstaltung", 60, 0.1),
    (Kind.CONTRIBUTED, "load-thesis", "These", 900, 0.06),
    (Kind.TOOK_STANCE, "load-thesis", "These", 900, 0.34),
    (Kind.ASSESSED, "load-round", "Bewertungsrunde", 6, 0.1),
)
"""Kind, key and label of what it is about, how many of these there are, share of all facts."""


@dataclass(frozen=True)
class History:
    """One entry per fact: person (place in the list), row of THINGS, which of the things, seconds of the epoch."""

    people: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int64]
    things: npt.NDArray[np.int64]
    times: npt.NDArray[np.int64]
    joined_at: npt.NDArray[np.int64]
    """Of each person; never after their first fact."""
    active_at: npt.NDArray[np.int64]
    """Of each person: the newest fact that was more than being asked; 0 without one."""

    def joined(self, place: int) -> datetime:
        return datetime.fromtimestamp(int(self.joined_at[place]), UTC)

    def last_active(self, place: int) -> datetime | None:
        seconds = int(self.active_at[place])
        return datetime.fromtimestamp(seconds, UTC) if seconds else None

    def rows(self) -> Iterator[tuple[int, str, str, str, datetime, datetime]]:
        """Person (place in the list), kind, key, label, first and last time."""
        facts = zip(
            *(array.tolist() for array in (self.people, self.kinds, self.things, self.times)),
            strict=True,
        )
        for person, row, thing, seconds in facts:
            kind, key, label, _number, _share = THINGS[row]
            at = datetime.fromtimestamp(seconds, UTC)
            yield person, kind.value, f"{key}:{thing + 1}", f"{label} {thing + 1} (Lastdaten)", at, at


def draw_history(count: int, now: datetime, chance: np.random.Generator) -> History:
    """No fact lies after `now`, and none is told twice of one person."""
    end = int(now.timestamp())
    amounts = chance.geometric(1 / PER_PERSON, size=count)
    people = np.repeat(np.arange(count), amounts)
    kinds = chance.choice(len(THINGS), size=len(people), p=[thing[4] for thing in THINGS])
    numbers = np.array([thing[3] for thing in THINGS])
    things = (chance.random(len(people)) * numbers[kinds]).astype(np.int64)
    largest = int(numbers.max())
    codes = np.unique((people * len(THINGS) + kinds) * largest + things)
    people, kinds, things = codes // (len(THINGS) * largest), codes // largest % len(THINGS), codes % largest
    # A thing stands in its time: the first of its kind three years ago, the last one now.
    base = end - YEARS + (things + 0.5) / numbers[kinds] * (YEARS - 40 * DAY)
    times = (base + chance.random(len(people)) * 30 * DAY).astype(np.int64)
    joined = end - (chance.random(count) * YEARS).astype(np.int64)
    np.minimum.at(joined, people, times)
    active = np.zeros(count, dtype=np.int64)
    own = np.isin(kinds, [row for row, thing in enumerate(THINGS) if thing[0] not in Activity.PASSIVE])
    np.maximum.at(active, people[own], times[own])
    return History(people, kinds, things, times, joined, active)
