"""May everybody have the anonymised ratings of a ranking, or would they tell of a few people?"""

from collections.abc import Iterable

import numpy as np

from measures.domain.rating_data import Bools, Ints, RatingData, Ratings


def tells_of_few(data: RatingData) -> bool:
    """Whether some people who share group and district and rated the same measure, or who share an organisation, are
    fewer than the smallest cell that is shown.

    All other sums over groups, districts and measures are sums of these, so that none of them is small either.
    """
    least = data.options.min_cell
    combined = (data.rater_group + 1) * (len(data.districts) + 1) + data.rater_district + 1
    rated = _rated(data, [data.rating, *([] if data.first is None else [data.first])])
    for people in _members(combined):
        together = np.count_nonzero(rated[people], axis=0)
        if ((together > 0) & (together < least)).any():
            return True
    known = data.rater_organisation[data.rater_organisation >= 0]
    return bool(known.size and np.unique(known, return_counts=True)[1].min() < least)


def _rated(data: RatingData, rows: Iterable[Ratings]) -> Bools:
    """bool[R, M]"""
    rated = np.zeros((len(data.rater_group), len(data.measures)), dtype=np.bool_)
    for ratings in rows:
        rated[ratings.rater, ratings.measure] = True
    return rated


def _members(label: Ints) -> list[Ints]:
    """The places of each label that occurs."""
    order = np.argsort(label, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(label[order])) + 1) if len(label) else []
