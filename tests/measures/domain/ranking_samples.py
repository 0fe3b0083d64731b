"""Made-up ratings for the tests of the ranking."""

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from measures.domain.rating_data import Options, RatingData, Ratings

T = TypeVar("T")


def known(value: T | None) -> T:
    assert value is not None
    return value


def ratings_of(grades: NDArray[np.integer[Any]]) -> Ratings:
    """Rows for a cube [R, M, C] of grades, 0 where not rated."""
    rater, measure, criterion = np.nonzero(grades)
    return Ratings(
        rater=rater.astype(np.int32),
        measure=measure.astype(np.int16),
        criterion=criterion.astype(np.int8),
        grade=grades[rater, measure, criterion].astype(np.int8),
    )


def cube_of(data: RatingData) -> NDArray[np.integer[Any]]:
    cube = np.zeros((len(data.rater_group), len(data.measures), len(data.criteria)), dtype=np.int64)
    cube[data.rating.rater, data.rating.measure, data.rating.criterion] = data.rating.grade
    return cube


def rating_data(grades: object, group: object, **changes: Any) -> RatingData:
    """Ratings from a cube [R, M, C] and the raters' groups, -1 for none; equal criteria weights."""
    cube, groups = np.asarray(grades), np.asarray(group, dtype=np.int32)
    raters, measures, criteria = cube.shape
    data = RatingData(
        criteria=tuple(f"c{c}" for c in range(criteria)),
        weights=np.full(criteria, 1 / criteria),
        groups=tuple(f"g{g}" for g in range(max(groups.max(initial=-1) + 1, 1))),
        districts=("north", "south"),
        measures=tuple(f"m{m:02}" for m in range(measures)),
        rater_group=groups,
        rater_district=(np.arange(raters) % 3 - 1).astype(np.int32),
        rater_organisation=np.full(raters, -1),
        rating=ratings_of(cube),
        options=Options(draws=500),
    )
    return replace(data, **changes)


def sample(
    seed: int,
    *,
    sizes: tuple[int, ...] = (12, 25, 8),
    measures: int = 6,
    criteria: int = 3,
    missing: float = 0.2,
    **changes: Any,
) -> RatingData:
    """Random ratings with better and worse measures, lenient and strict raters, and blanks."""
    chance = np.random.default_rng(seed)
    group = chance.permutation(np.repeat(np.arange(len(sizes)), sizes))
    latent = (
        3
        + chance.normal(0, 0.6, measures)[None, :, None]
        + chance.normal(0, 0.4, (len(sizes), measures))[group][:, :, None]
        + chance.normal(0, 0.5, len(group))[:, None, None]
        + chance.normal(0, 1, (len(group), measures, criteria))
    )
    grades = np.clip(np.rint(latent), 1, 5).astype(np.int64)
    grades[chance.random(grades.shape) < missing] = 0
    return rating_data(grades, group, **changes)


def with_grades(data: RatingData, cube: NDArray[np.integer[Any]], **changes: Any) -> RatingData:
    return replace(data, rating=ratings_of(cube), **changes)


def with_options(data: RatingData, **options: Any) -> RatingData:
    return replace(data, options=replace(data.options, **options))


def without_raters(data: RatingData, keep: NDArray[np.integer[Any]]) -> RatingData:
    """Only (or repeatedly) the raters with the given indices, in that order."""
    return replace(
        data,
        rating=ratings_of(cube_of(data)[keep]),
        rater_group=data.rater_group[keep],
        rater_district=data.rater_district[keep],
        rater_organisation=data.rater_organisation[keep],
    )
