import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from theses.domain.intervals import Ints
from theses.domain.tally import AGREE, DISAGREE, PASSED, is_small, latest, publishable, tally

ANSWERS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.sampled_from([-1, 0, 1])), max_size=60)
GROUP = np.array([0, 1, 2, 0, 1, 2, 2])


def counted(rows: list[tuple[int, int, int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    participant, thesis, value = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return tally(group=GROUP, participant=participant, thesis=thesis, value=value, groups=3, theses=5)


@given(ANSWERS)
@settings(derandomize=True, deadline=None)
def test_tally_equals_a_plain_loop(rows: list[tuple[int, int, int]]) -> None:
    expected = np.zeros((3, 5, 3), dtype=np.int64)
    for person, thesis, value in rows:
        expected[GROUP[person], thesis, value + 1] += 1
    np.testing.assert_array_equal(counted(rows), expected)


def test_columns_mean_what_they_are_called() -> None:
    counts = counted([(0, 0, 1), (3, 0, 1), (3, 1, -1), (0, 2, 0)])
    assert (counts[0, 0, AGREE], counts[0, 1, DISAGREE], counts[0, 2, PASSED]) == (2, 1, 1)


@pytest.mark.parametrize("row", [(7, 0, 1), (-1, 0, 1), (0, 5, 1), (0, -1, 1), (0, 0, 2)])
def test_tally_refuses_what_is_out_of_range(row: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"out of range|none of"):
        counted([row])


def test_tally_takes_more_answers_than_it_handles_at_a_time() -> None:
    random = np.random.default_rng(3)
    thesis, value = random.integers(5, size=150_000), random.integers(-1, 2, size=150_000)
    counts = tally(
        group=GROUP, participant=random.integers(7, size=150_000), thesis=thesis, value=value, groups=3, theses=5
    )
    for answer in (-1, 0, 1):
        np.testing.assert_array_equal(counts[:, :, answer + 1].sum(axis=0), np.bincount(thesis[value == answer]))


@given(ANSWERS)
@settings(derandomize=True, deadline=None)
def test_only_the_latest_vote_of_a_pair_is_kept(rows: list[tuple[int, int, int]]) -> None:
    participant, thesis, value = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    kept = latest(participant, thesis)
    found = {(int(participant[row]), int(thesis[row])): int(value[row]) for row in kept}
    assert found == {(person, about): answer for person, about, answer in rows}
    assert len(found) == len(kept)
    assert (np.diff(kept) > 0).all()


def told_by(answers: int, counts: Ints) -> bool:
    cells = int(is_small(counts, smallest=5).sum())
    return answers < 5 or answers in (cells, 4 * cells)


CELLS = st.lists(st.tuples(*[st.integers(0, 7)] * 3), min_size=2, max_size=8)


@given(CELLS)
@settings(derandomize=True, deadline=None)
def test_nothing_small_can_be_told_from_publishable_counts(cells: list[tuple[int, int, int]]) -> None:
    counts = np.array(cells, dtype=np.int64)[:, None, :]
    shown = publishable(counts, smallest=5)
    seen = shown.sum(axis=2)
    assert not is_small(shown, smallest=5).any()
    hidden = counts[is_small(counts, smallest=5)].sum(axis=0)
    assert shown[-1, 0].tolist() == (hidden * 0 if told_by(hidden.sum(), counts) else hidden).tolist()
    large = counts.sum(axis=2) >= 5
    np.testing.assert_array_equal(shown[:-1][large], counts[large])
    assert (seen[:-1][~large] == 0).all()
