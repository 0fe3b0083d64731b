"""How the districts rate the measures: every person counts once, whatever the group; beside the ranking, not in it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.domain.rating_data import Floats, Ints, RatingData


@dataclass(frozen=True, eq=False)
class DistrictMeans:
    """`mean` float64[D + 1, M] on the scale of 0 to 100, NaN where a criterion that weighs was not rated; `people`
    int[D + 1, M] who rated the measure on one of these criteria at least. The last row is who named no district."""

    mean: Floats
    people: Ints


def district_means(data: RatingData, cube: NDArray[np.uint8]) -> DistrictMeans:
    """From the grades uint8[R, M, C]. Sums of whole numbers: the order of the raters changes no digit."""
    used = data.weights > 0
    places = [*range(len(data.districts)), -1]
    mean = np.full((len(places), len(data.measures)), np.nan)
    people = np.zeros((len(places), len(data.measures)), dtype=np.int64)
    for row, place in enumerate(places):
        grades = cube[data.rater_district == place][:, :, used]
        answers = np.count_nonzero(grades, axis=0)
        total = grades.sum(axis=0, dtype=np.int64)
        complete = (answers > 0).all(axis=1)
        value = 100 * (total / np.maximum(answers, 1) - 1) / (data.options.grades - 1)
        mean[row] = np.where(complete, np.einsum("mc,c->m", value, data.weights[used]), np.nan)
        people[row] = np.count_nonzero(grades.any(axis=2), axis=0)
    return DistrictMeans(mean, people)
