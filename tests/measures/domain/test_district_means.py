"""How the districts rate: figures computed by hand, and what moves them."""

from dataclasses import replace

import numpy as np
import pytest

from measures.domain.district_means import district_means
from measures.domain.prioritisation import prioritise
from tests.measures.domain.ranking_samples import cube_of, known, rating_data, sample

NOBODY_SAID = 2


def test_mean_of_a_district_counts_people_once_and_weighs_criteria() -> None:
    grades = np.array([[[5, 1]], [[3, 1]], [[1, 0]], [[2, 2]]])
    data = rating_data(grades, [0, 0, 1, 1], rater_district=np.array([0, 0, 0, 1]), weights=np.array([0.75, 0.25]))
    found = district_means(data, grades.astype(np.uint8))
    assert found.mean[:2, 0] == pytest.approx([0.75 * 50 + 0.25 * 0, 25])
    assert found.people[:, 0].tolist() == [3, 1, 0]
    assert np.isnan(found.mean[NOBODY_SAID, 0])


def test_mean_needs_every_criterion_that_weighs() -> None:
    grades = np.array([[[5, 0]], [[3, 0]]], dtype=np.uint8)
    data = rating_data(grades, [0, 0], rater_district=np.array([0, 0]))
    assert np.isnan(district_means(data, grades).mean[0, 0])
    alone = replace(data, weights=np.array([1.0, 0.0]))
    assert district_means(alone, grades).mean[0, 0] == 75


def test_people_of_all_districts_are_those_who_rated_the_measure() -> None:
    data = sample(3)
    cube = cube_of(data).astype(np.uint8)
    found = district_means(data, cube)
    assert found.people.sum(axis=0).tolist() == cube.any(axis=2).sum(axis=0).tolist()


def test_ranking_tells_the_means_of_all_districts_and_of_those_without_one() -> None:
    data = sample(3)
    found = district_means(data, cube_of(data).astype(np.uint8))
    for measure in prioritise(data).measures:
        place = data.measures.index(measure.key)
        assert list(measure.districts) == [*data.districts, "none"]
        for row, share in enumerate(measure.districts.values()):
            assert share.n == found.people[row, place]
            if share.n:
                assert known(share.mean) == found.mean[row, place]
