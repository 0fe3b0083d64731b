"""Ratings as tables hold the same as the arrays."""

from dataclasses import replace

import numpy as np

from measures.domain.rating_data import RatingData
from measures.domain.rating_table import long_rows, rating_table
from tests.measures.domain.ranking_samples import cube_of, ratings_of, sample


def with_everything() -> RatingData:
    data = sample(3, missing=0.6)
    cube = cube_of(data)
    cube[4] = 0
    first = np.where(cube == 0, 2, 6 - cube) * (np.arange(cube.size).reshape(cube.shape) % 3 > 0)
    group = np.where(np.arange(len(cube)) == 7, -1, data.rater_group)
    organisation = np.where(np.arange(len(cube)) % 4, -1, np.arange(len(cube)) // 8)
    return replace(
        data, rating=ratings_of(cube), first=ratings_of(first), rater_group=group, rater_organisation=organisation
    )


def test_table_gives_back_every_grade_and_every_trait() -> None:
    data = with_everything()
    table = rating_table(data)
    assert (*table.rater_header(), *table.rating_header()) == (
        "rater", "group", "district", "organisation", "measure", "c0", "c1", "c2", "first_c0", "first_c1", "first_c2",
    )  # fmt: skip
    last, first = np.zeros((2, 45, 6, 3), dtype=int)
    for rater, group, district, organisation, measure, *grades in long_rows(table):
        assert isinstance(rater, int)
        m = data.measures.index(str(measure))
        last[rater, m], first[rater, m] = np.reshape([grade or 0 for grade in grades], (2, 3))
        assert any(grades)
        assert group == (None if rater == 7 else data.groups[data.rater_group[rater]])
        assert district == (None, "north", "south")[rater % 3]
        assert organisation == (None if rater % 4 else rater // 8)
    np.testing.assert_array_equal(last, cube_of(data))
    assert data.first is not None
    np.testing.assert_array_equal(first, cube_of(replace(data, rating=data.first)))
    assert [row[0] for row in table.raters()] == list(range(45))


def test_table_without_first_grades_has_no_columns_for_them() -> None:
    table = rating_table(sample(3))
    assert table.rating_header() == ("measure", "c0", "c1", "c2")
    assert {len(row) for row in long_rows(table)} == {8}
