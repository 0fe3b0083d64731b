"""Small cells: what a report hides so that nobody's answer or presence can be read or computed from it.

A cell below the minimum is hidden. As totals stand beside the cells, further ones are hidden until what is hidden
cannot be computed: at least two cells that together hold at least the minimum.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from publishing.tables import Suppressed


def hidden_counts(counts: Mapping[str, int], min_cell: int) -> dict[str, Suppressed]:
    """The cells of a column of counts to hide, if the sum of all is shown. Nobody at all (0) is no small cell."""
    hidden = {key: Suppressed(min_cell) for key, count in counts.items() if 0 < count < min_cell}
    others = sorted((count, key) for key, count in counts.items() if count >= min_cell)
    while hidden and others and (len(hidden) < 2 or sum(counts[key] for key in hidden) < min_cell):
        hidden[others.pop(0)[1]] = Suppressed(None)
    return hidden


def shown_counts(counts: Mapping[str, int], min_cell: int) -> dict[str, int | Suppressed]:
    return {**counts, **hidden_counts(counts, min_cell)}


def hidden_means(people: Mapping[str, int], voiced: Iterable[str], min_cell: int) -> dict[str, Suppressed]:
    """The group means of one measure to hide. The score is the mean of the groups with a voice (`voiced`): if small
    ones are among them, further ones are hidden until nothing about fewer than `min_cell` follows from the score."""
    hidden = {key: Suppressed(min_cell) for key, count in people.items() if count < min_cell}
    voices = set(voiced)
    concealed = sorted(voices & set(hidden))
    others = sorted((people[key], key) for key in voices - set(hidden))
    while concealed and others and (len(concealed) < 2 or sum(people[key] for key in concealed) < min_cell):
        concealed.append(others.pop(0)[1])
        hidden[concealed[-1]] = Suppressed(None)
    return hidden


@dataclass(frozen=True, slots=True)
class Hidden:
    """What all tables of a report together may not show of one measure.

    `groups` and `districts` are the means to hide. `has_small_voice`: a small group is part of the score, so that what
    would be a second equation for its mean goes too: the points per head and the share between the groups. `is_thin`:
    fewer than the minimum stand behind the score itself.
    """

    groups: Mapping[str, Suppressed]
    districts: Mapping[str, Suppressed]
    has_small_voice: bool
    is_thin: bool


def hidden_cells(measure: Mapping[str, Any], min_cell: int, *, everybody_has_a_group: bool) -> Hidden:
    """From a measure of schema ranking/1. Groups and districts add up to the same people: if a group is hidden, one
    district is as well, or the sum over the districts less the other groups would tell the hidden one."""
    shares = measure["groups"]
    people = {key: share["n"] for key, share in shares.items() if share["n"]}
    voiced = [key for key, share in shares.items() if share["weight"] > 0]
    groups = hidden_means(people, voiced, min_cell)
    located = {key: share["n"] for key, share in measure.get("districts", {}).items() if share["n"]}
    districts = hidden_counts(located, min_cell)
    if located and not districts and (groups or not everybody_has_a_group):
        districts[min(located, key=lambda key: (located[key], key))] = Suppressed(None)
    return Hidden(
        groups=groups,
        districts=districts,
        has_small_voice=any(people[key] < min_cell for key in voiced),
        is_thin=sum(people[key] for key in voiced) < min_cell,
    )
