"""Majority judgment against published tallies and against removal of medians one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.domain.majority_judgment import majority_ranks

# Tallies and ranks published with the libraries of the association Mieux Voter (tests of the PHP and TypeScript
# libraries); grades from worst to best.
ELECTION = [
    ([0, 2, 0, 7, 5, 4], 9),
    ([1, 1, 1, 7, 4, 4], 12),
    ([2, 4, 2, 1, 5, 4], 10),
    ([1, 2, 4, 6, 2, 3], 15),
    ([1, 2, 5, 4, 3, 3], 17),
    ([1, 4, 3, 2, 5, 3], 16),
    ([1, 1, 2, 4, 4, 6], 7),
    ([1, 3, 1, 4, 3, 6], 8),
    ([1, 2, 2, 6, 3, 4], 13),
    ([2, 2, 1, 5, 2, 6], 11),
    ([0, 0, 0, 0, 1, 17], 1),
    ([1, 0, 2, 3, 7, 5], 6),
    ([0, 2, 1, 1, 4, 10], 3),
    ([1, 1, 3, 1, 5, 7], 4),
    ([1, 1, 0, 1, 11, 4], 5),
    ([1, 2, 3, 6, 5, 1], 14),
    ([1, 0, 2, 0, 3, 12], 2),
]
FEW = [([1, 1, 1], 3), ([1, 0, 2], 1), ([3, 0, 0], 5), ([2, 0, 1], 4), ([0, 3, 0], 2)]
PARIS = [([1, 1, 4, 3, 7, 4, 1], 2), ([0, 2, 4, 3, 7, 4, 1], 1), ([1, 1, 4, 3, 7, 4, 1], 2), ([2, 0, 4, 3, 7, 4, 1], 4)]
MILLIONS = [
    ([5272679, 19797001, 10732688, 9612936, 1379840, 16886281, 8646031], 3),
    ([16354546, 11690342, 9451800, 14245973, 817593, 12461162, 7306040], 4),
    ([9849171, 17970690, 14276861, 4606692, 16404594, 6760147, 2459301], 5),
    ([2645563, 12907474, 1278331, 22843261, 8025412, 8964952, 15662463], 1),
    ([16293252, 12277630, 38348, 14929905, 11087753, 10634266, 7066302], 2),
]


@pytest.mark.parametrize("published", [ELECTION, FEW, PARIS, MILLIONS])
def test_published_ranks_are_reproduced(published: list[tuple[list[int], int]]) -> None:
    tallies, ranks = zip(*published, strict=True)
    assert majority_ranks(np.array(tallies, dtype=float)).tolist() == list(ranks)


def medians_one_by_one(tally: list[int]) -> list[int]:
    grades = [grade for grade, count in enumerate(tally) for _ in range(count)]
    return [grades.pop((len(grades) - 1) // 2) for _ in range(len(grades))]


@given(
    st.integers(1, 12).flatmap(
        lambda judges: st.lists(st.lists(st.integers(0, 4), min_size=judges, max_size=judges), min_size=1, max_size=6)
    )
)
def test_ranks_equal_removal_of_medians(ballots: list[list[int]]) -> None:
    tallies = [[grades.count(grade) for grade in range(5)] for grades in ballots]
    sequences = [medians_one_by_one(tally) for tally in tallies]
    expected = [1 + sum(other > own for other in sequences) for own in sequences]
    assert majority_ranks(np.array(tallies, dtype=float)).tolist() == expected


def test_common_factor_does_not_matter_and_empty_rows_have_no_rank() -> None:
    histogram = np.array([[1.0, 2.0, 3.0], [0.3, 0.6, 0.9], [0.0, 0.0, 0.0], [0.0, 0.0, 0.1]])
    assert majority_ranks(histogram).tolist() == [2, 2, 0, 1]
