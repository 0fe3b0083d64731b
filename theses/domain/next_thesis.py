"""Which thesis somebody is shown next: what few have seen, above all few of their own group (methods section 2.6).

No popularity counts, so that every thesis gets its answers and the groups are balanced on it. Pure functions.
"""

import numpy as np

from theses.domain.intervals import Bools, Floats, Ints

NEWCOMER = 8
"""A thesis nobody has answered weighs this much more than one that many have."""

HALVED_AFTER = 5
"""Answers after which that head start has halved."""


def chances(*, seen: Ints, seen_in_group: Ints, open_to_person: Bools) -> Floats:
    """float[J] that sums to 1, and exactly 0 for whatever is not open to the person; all 0 if nothing is.

    `seen` int[J] answers in all, `seen_in_group` int[J] those of the person's own group. `open_to_person`: takes
    stances, not answered by this person and not their own.
    """
    weight = np.where(open_to_person, (1 + NEWCOMER * np.exp2(-seen / HALVED_AFTER)) / (1 + seen_in_group), 0.0)
    total = weight.sum()
    return weight / total if total else weight


def draw(chance: Floats, *, person: int, answered: int) -> int | None:
    """Index of one thesis, None if none has a chance. The same until the person has answered one more."""
    reachable = np.flatnonzero(chance)
    if not len(reachable):
        return None
    point = np.random.default_rng((person, answered)).random()
    place = int(np.searchsorted(np.cumsum(chance[reachable]), point, side="right"))
    return int(reachable[min(place, len(reachable) - 1)])
