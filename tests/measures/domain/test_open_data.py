"""When the anonymised ratings may be given to everybody."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from measures.domain.open_data import tells_of_few
from measures.domain.rating_data import RatingData
from tests.measures.domain.ranking_samples import rating_data, ratings_of


def rated_by(cells: dict[tuple[int, int], int]) -> RatingData:
    """So many people of each group and district, who all rate both measures."""
    people = [place for place, count in cells.items() for _person in range(count)]
    group, district = (np.array(column) for column in zip(*people, strict=True))
    return rating_data(np.full((len(people), 2, 2), 3), group, rater_district=district)


def test_large_cells_may_be_open_and_one_small_cell_forbids_it() -> None:
    cells = dict.fromkeys(product((0, 1), (0, 1)), 5)
    assert not tells_of_few(rated_by(cells))
    assert tells_of_few(rated_by(cells | {(1, 1): 4}))
    assert not tells_of_few(rated_by({place: 6 for place in cells if place != (1, 1)}))


def test_a_measure_that_few_of_a_large_cell_rated_forbids_it() -> None:
    data = rated_by({(0, 0): 8, (1, 1): 8})
    grades = np.full((16, 2, 2), 3)
    grades[4:8, 1] = 0
    assert tells_of_few(replace(data, rating=ratings_of(grades)))
    grades[:8, 1] = 0
    assert not tells_of_few(replace(data, rating=ratings_of(grades)))


def test_first_ratings_count_as_well() -> None:
    data = rated_by({(0, 0): 8, (1, 1): 8})
    grades, first = np.full((16, 2, 2), 3), np.full((16, 2, 2), 3)
    grades[:8, 1] = 0
    first[3:8, 1] = 0
    assert tells_of_few(replace(data, rating=ratings_of(grades), first=ratings_of(first)))


@pytest.mark.parametrize(("colleagues", "forbids"), [(0, False), (1, True), (4, True), (5, False), (8, False)])
def test_colleagues_of_a_small_organisation_forbid_it(colleagues: int, forbids: bool) -> None:
    data = rated_by({(0, 0): 8, (1, 1): 8})
    organisation = np.where(np.arange(16) < colleagues, 3, -1)
    assert tells_of_few(replace(data, rater_organisation=organisation)) is forbids
