"""What groups share: the share that agrees in each, the floor under all of them, and one label for every thesis.

Definitions: methods sections 2.2 and 2.3. Arrays run over [group, thesis] or [thesis]; NaN where there is no figure.
Pure functions.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from theses.domain.intervals import ONE_SIDED, TWO_SIDED, Bools, Floats, Ints, one_sided, shares, wilson
from theses.domain.tally import AGREE, DISAGREE

WITHIN_DIVIDED = 0.6
"""From here on, the answers inside are so evenly split that a thesis counts as contested."""


class Label(StrEnum):
    CONSENSUS_AGREE = "consensus_agree"
    CONSENSUS_REJECT = "consensus_reject"
    DIVIDED_BETWEEN = "divided_between"
    DIVIDED_WITHIN = "divided_within"
    OPEN = "open"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, eq=False)
class Rules:
    """Set before the stances come in. `declared` bool[G]: groups people can declare, not those without an answer;
    `required` bool[G]: groups without whose voice no label is given; `population` float[G]: members of the group as
    far as known, else NaN. A voice takes `smallest_voice` answers, at least 5."""

    declared: Bools
    required: Bools
    population: Floats
    smallest_voice: int = 10

    def __post_init__(self) -> None:
        if self.smallest_voice < 5:
            raise ValueError("a voice of fewer than 5 answers tells of single people")
        if (self.required & ~self.declared).any():
            raise ValueError("a group nobody can declare cannot be required")

    @classmethod
    def usual(cls, declared: Bools) -> "Rules":
        return cls(declared, np.zeros_like(declared), np.full(len(declared), np.nan))


@dataclass(frozen=True, eq=False)
class Headline:
    """All groups in one share: `equal_voice` gives every eligible group the same weight, with its interval from `low`
    to `high`; `per_head` gives it to every answer, also of people without a group."""

    equal_voice: Floats
    low: Floats
    high: Floats
    per_head: Floats


@dataclass(frozen=True, eq=False)
class CommonGround:
    """`share`, `low` and `high` [G, J] with two-sided intervals at 95 %; `eligible` [G, J].

    `floor` [J]: at least this share agrees in every eligible group, `floor_rejection` the same for rejection; one-sided
    bounds at 95 %. `missing` [G, J]: declared groups without a voice.
    """

    share: Floats
    low: Floats
    high: Floats
    eligible: Bools
    missing: Bools
    headline: Headline
    floor: Floats
    floor_rejection: Floats
    labels: tuple[Label, ...]


def common_ground(counts: Ints, rules: Rules) -> CommonGround:
    agree, seen = counts[:, :, AGREE], counts.sum(axis=2)
    people = rules.population[:, None]
    low, high = wilson(agree, seen, population=people)
    eligible = eligible_groups(counts, rules)
    floor = _lowest(wilson(agree, seen, ONE_SIDED, population=people)[0], eligible)
    floor_rejection = _lowest(wilson(counts[:, :, DISAGREE], seen, ONE_SIDED, population=people)[0], eligible)
    return CommonGround(
        share=shares(agree, seen),
        low=low,
        high=high,
        eligible=eligible,
        missing=rules.declared[:, None] & ~eligible,
        headline=_headline(counts, eligible),
        floor=floor,
        floor_rejection=floor_rejection,
        labels=_labels(counts, rules, eligible, floor, floor_rejection),
    )


def eligible_groups(counts: Ints, rules: Rules) -> Bools:
    """bool[G, J]: declared groups with enough answers to have a voice."""
    return np.asarray(rules.declared[:, None] & (counts.sum(axis=2) >= rules.smallest_voice))


def within(counts: Ints, *, smallest_voice: int) -> Floats:
    """float[J]: 0 where all who take sides take the same one, 1 where all do and half take each; passes lower it."""
    total = counts.sum(axis=0)
    seen = total.sum(axis=1)
    split = 2 * shares(np.minimum(total[:, AGREE], total[:, DISAGREE]), seen)
    return np.where(seen >= smallest_voice, split, np.nan)


def group_informed_consensus(counts: Ints, rules: Rules) -> tuple[Floats, Floats]:
    """Polis' product of (agree + 1) / (seen + 2) over all declared groups, and its geometric mean over eligible ones.

    For comparison only: the product shrinks with each further group, and a group that saw nothing counts as a half.
    """
    smoothed = (counts[:, :, AGREE] + 1) / (counts.sum(axis=2) + 2)
    product = np.prod(np.where(rules.declared[:, None], smoothed, 1.0), axis=0)
    eligible = eligible_groups(counts, rules)
    number = eligible.sum(axis=0)
    logarithm = np.log(np.where(eligible, smoothed, 1.0)).sum(axis=0) / np.maximum(number, 1)
    nobody = counts.sum(axis=(0, 2)) == 0
    return np.where(nobody, np.nan, product), np.where(number >= 2, np.exp(logarithm), np.nan)


def _headline(counts: Ints, eligible: Bools) -> Headline:
    agree, seen, number = counts[:, :, AGREE], counts.sum(axis=2), eligible.sum(axis=0)
    total = np.where(eligible, shares(agree, seen), 0).sum(axis=0)
    mean = np.divide(total, number, out=np.full(len(number), np.nan), where=number > 0)
    adjusted = (agree + 2) / (seen + 4)
    variance = np.where(eligible, adjusted * (1 - adjusted) / (seen + 4), 0).sum(axis=0)
    half = TWO_SIDED * np.sqrt(variance) / np.maximum(number, 1)
    per_head = shares(agree.sum(axis=0), seen.sum(axis=0))
    return Headline(mean, np.clip(mean - half, 0, 1), np.clip(mean + half, 0, 1), per_head)


def _labels(counts: Ints, rules: Rules, eligible: Bools, floor: Floats, floor_rejection: Floats) -> tuple[Label, ...]:
    """First match wins. Agreement of every group needs no correction for their number, because it asks for all of
    them (intersection-union test); two groups on opposite sides are two picked out of all, so that needs one."""
    seen, number = counts.sum(axis=2), eligible.sum(axis=0)
    careful = one_sided(number)[None, :]
    low, high = wilson(counts[:, :, AGREE], seen, careful, population=rules.population[:, None])
    insufficient = (number < 2) | (rules.required[:, None] & ~eligible).any(axis=0)
    conditions = (
        (Label.INSUFFICIENT, insufficient),
        (Label.CONSENSUS_AGREE, floor > 0.5),
        (Label.CONSENSUS_REJECT, floor_rejection > 0.5),
        (Label.DIVIDED_BETWEEN, (eligible & (low > 0.5)).any(axis=0) & (eligible & (high < 0.5)).any(axis=0)),
        (Label.DIVIDED_WITHIN, within(counts, smallest_voice=rules.smallest_voice) >= WITHIN_DIVIDED),
    )
    found = np.select([condition for _, condition in conditions], range(len(conditions)), default=len(conditions))
    names = [*(label for label, _ in conditions), Label.OPEN]
    return tuple(names[place] for place in found)


def _lowest(bound: Floats, eligible: Bools) -> Floats:
    lowest = np.where(eligible, bound, np.inf).min(axis=0, initial=np.inf)
    return np.where(np.isinf(lowest), np.nan, lowest)
