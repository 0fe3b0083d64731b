"""Which cells a report conceals, so that nobody's answer or presence can be read or computed from all its tables.

A cell below the minimum is concealed. As totals stand beside the cells, further ones are concealed until what is
concealed cannot be computed: at least two cells that together hold at least the minimum.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from measures.domain.rating_data import NO_ANSWER, Bools, Floats, Ints, RatingData

EXACT = 1e-9


def concealed_counts(counts: Mapping[str, int], least: int) -> frozenset[str]:
    """The cells of a column of counts, if the sum of all is shown. Nobody at all (0) is no small cell."""
    hidden = {key for key, count in counts.items() if 0 < count < least}
    others = sorted((count, key) for key, count in counts.items() if count >= least)
    while hidden and others and (len(hidden) < 2 or sum(counts[key] for key in hidden) < least):
        hidden.add(others.pop(0)[1])
    return frozenset(hidden)


def concealed_means(people: Mapping[str, int], voiced: Iterable[str], least: int) -> frozenset[str]:
    """The group means of one measure. The score is the mean of the groups with a voice (`voiced`): if small ones are
    among them, further ones are concealed until nothing about fewer than `least` people follows from the score."""
    hidden = {key for key, count in people.items() if count < least}
    voices = set(voiced)
    within = voices & hidden
    others = sorted((people[key], key) for key in voices - hidden)
    while within and others and (len(within) < 2 or sum(people[key] for key in within) < least):
        within.add(others.pop(0)[1])
    return frozenset(hidden | within)


def voices_and_people(measure: Mapping[str, Any]) -> tuple[list[str], dict[str, int]]:
    """Of a measure of schema ranking/1: the groups whose means make the score, and those who rated it at all."""
    shares = measure["groups"]
    people = {key: int(share["n"]) for key, share in shares.items() if share["n"]}
    return [key for key, share in shares.items() if share["weight"] > 0], people


def concealed_districts(data: RatingData, measures: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """By measure of schema ranking/1 the districts whose mean is concealed, NO_ANSWER among them for none.

    Groups and districts divide the same people: whoever knows the numbers in all cells could compute a small group from
    districts and other groups, or a small district. Districts go, the smallest first, until no such equation is left.
    """
    label = (data.rater_group + 1) * (len(data.districts) + 1) + data.rater_district + 1
    shape = (len(data.groups) + 1, len(data.districts) + 1)
    rated = np.zeros((len(data.rater_group), len(data.measures)), dtype=np.bool_)
    rated[data.rating.rater, data.rating.measure] = True
    place = {key: number for number, key in enumerate(data.measures)}
    keys = (NO_ANSWER, *data.districts)
    found = {}
    for measure in measures:
        here = label[rated[:, place[measure["key"]]]]
        people = np.bincount(here, minlength=shape[0] * shape[1]).reshape(shape)
        hidden = _districts_to_conceal(people, _told_of_groups(measure, data, people), data.options.min_cell)
        found[measure["key"]] = [key for key, gone in zip(keys, hidden.tolist(), strict=True) if gone]
    return found


def _told_of_groups(measure: Mapping[str, Any], data: RatingData, people: Ints) -> Floats:
    """float64[equations, G + 1]: what points, points per head and group means tell, as weights of the groups' sums."""
    voiced, known = voices_and_people(measure)
    hidden = concealed_means(known, voiced, data.options.min_cell)
    told = [[0.0, *(float(key == shown) for key in data.groups)] for shown in data.groups if shown not in hidden]
    sizes = zip(data.groups, people.sum(axis=1)[1:].tolist(), strict=True)
    told.append([0.0, *(1 / count if key in voiced else 0.0 for key, count in sizes)])
    if all(known[key] >= data.options.min_cell for key in voiced):
        told.append([0.0, *(float(key in voiced) for key in data.groups)])
    return np.array(told)


def _districts_to_conceal(people: Ints, told_of_groups: Floats, least: int) -> Bools:
    """bool[D + 1] from the people int[G + 1, D + 1] of every group (first row: none) and district (first column)."""
    by_district = people.sum(axis=0)
    counts = {str(place): int(count) for place, count in enumerate(by_district)}
    hidden = np.array([key in concealed_counts(counts, least) for key in counts])
    present = np.nonzero(people)
    groups = np.eye(people.shape[0])[:, present[0]]
    districts = np.eye(people.shape[1])[:, present[1]]
    small = np.concatenate([groups[_is_small(people.sum(axis=1), least)], districts[_is_small(by_district, least)]])
    of_groups = told_of_groups[:, present[0]]
    while _some_follows(small, np.concatenate([of_groups, districts[~hidden & (by_district > 0)]])):
        shown = np.flatnonzero(~hidden & (by_district > 0))
        if not shown.size:
            break
        hidden[shown[by_district[shown].argmin()]] = True
    return hidden


def _is_small(count: Ints, least: int) -> Bools:
    small: Bools = (count > 0) & (count < least)
    return small


def _some_follows(small: Floats, told: Floats) -> bool:
    """Whether one of the sums lies in the span of what is told."""
    if not len(small) or not len(told):
        return False
    _left, size, basis = np.linalg.svd(told, full_matrices=False)
    basis = basis[size > EXACT * size[0]]
    rest = small - small @ basis.T @ basis
    return bool((np.abs(rest).max(axis=1) < EXACT).any())
