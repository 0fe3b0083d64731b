"""What people think of a thesis, in figures: shares, intervals, and which cells are too small to be shown.

Definitions: methods, section 2.2. Intervals say how much would change if other people of the same kind had taken part,
not how well Saxony is represented. Pure functions: no database, no clock, no randomness.
"""

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from theses.domain import intervals
from theses.domain.intervals import TWO_SIDED
from theses.domain.tally import betrays

SMALLEST_CELL = 5
"""Fewer answers than this are told as "<5", without shares."""

SMALLEST_VOICE = 10
"""Answers a group needs to have a voice in the figure that gives every group the same weight."""

Group = TypeVar("Group", bound=Hashable)
Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Answers:
    """How many gave which answer. `passed`: seen, without a position; they count in the denominator of every share."""

    agree: int = 0
    neutral: int = 0
    disagree: int = 0
    passed: int = 0

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            self.agree + other.agree,
            self.neutral + other.neutral,
            self.disagree + other.disagree,
            self.passed + other.passed,
        )

    @property
    def total(self) -> int:
        return self.agree + self.neutral + self.disagree + self.passed

    @property
    def is_small(self) -> bool:
        return self.total < SMALLEST_CELL

    def shares(self) -> tuple[float, float, float, float] | None:
        """Agree, neutral, disagree, passed: each between 0 and 1, together 1. None when nobody answered."""
        if not self.total:
            return None
        return (
            self.agree / self.total,
            self.neutral / self.total,
            self.disagree / self.total,
            self.passed / self.total,
        )


@dataclass(frozen=True, slots=True)
class EqualVoice:
    """The mean over groups of the share that agrees, each group weighing the same; `groups` is how many had a voice."""

    share: float
    low: float
    high: float
    groups: int


def wilson(successes: int, total: int) -> Ends | None:
    """Score interval of one share at 95 %; None when nobody was asked. Raises ValueError for counts that cannot be."""
    if not 0 <= successes <= total:
        raise ValueError(f"{successes} of {total} is no share")
    if total == 0:
        return None
    low, high = intervals.wilson(np.array(successes), np.array(total))
    return float(low), float(high)


def everybody(groups: Mapping[Group, Answers]) -> Answers | None:
    """All answers together, per head; None when they are too few to be shown.

    Small groups are left out where their sum would tell of them (`tally.betrays`): it is the difference between this
    figure and the groups that are shown.
    """
    few = [answers for answers in groups.values() if answers.is_small and answers.total]
    small = _together(few)
    shown = _together(answers for answers in groups.values() if not answers.is_small)
    hidden = betrays(np.array(len(few)), np.array(small.total), smallest=SMALLEST_CELL)
    told = shown if hidden else shown + small
    return None if told.is_small else told


def equal_voice(groups: Mapping[Group, Answers], *, excluded: frozenset[Group] = frozenset()) -> EqualVoice | None:
    """None with fewer than two groups that have a voice. `excluded`: people without a declared group.

    The interval takes the variances of the groups as independent, each with two answers of either kind added.
    """
    voices = [groups[group] for group in groups if group not in excluded and groups[group].total >= SMALLEST_VOICE]
    if len(voices) < 2:
        return None
    share = sum(answers.agree / answers.total for answers in voices) / len(voices)
    half = TWO_SIDED * math.sqrt(sum(_variance(answers) for answers in voices)) / len(voices)
    return EqualVoice(share, max(share - half, 0.0), min(share + half, 1.0), len(voices))


def _variance(answers: Answers) -> float:
    share = (answers.agree + 2) / (answers.total + 4)
    return share * (1 - share) / (answers.total + 4)


def _together(parts: Iterable[Answers]) -> Answers:
    return sum(parts, start=Answers())
