"""Small cells: never shown, and never to be computed from what is shown."""

from itertools import product

import pytest

from measures.reports.suppression import hidden_counts, hidden_means, shown_counts
from publishing.tables import Suppressed


def test_shown_counts_hides_small_cells_and_a_second_one() -> None:
    shown = shown_counts({"a": 40, "b": 3, "c": 7, "d": 0}, 5)
    assert shown == {"a": 40, "b": Suppressed(5), "c": Suppressed(None), "d": 0}


def test_shown_counts_hides_nothing_without_small_cells() -> None:
    assert shown_counts({"a": 5, "b": 0, "c": 100}, 5) == {"a": 5, "b": 0, "c": 100}


def test_hidden_counts_hides_more_when_small_cells_add_up_to_little() -> None:
    hidden = hidden_counts({"a": 1, "b": 1, "c": 6, "d": 50}, 5)
    assert hidden == {"a": Suppressed(5), "b": Suppressed(5), "c": Suppressed(None)}


@pytest.mark.parametrize("counts", list(product((0, 1, 2, 4, 5, 9), repeat=4)))
def test_hidden_counts_cannot_be_computed_from_the_total(counts: tuple[int, ...]) -> None:
    cells = dict(zip("abcd", counts, strict=True))
    hidden = hidden_counts(cells, 5)
    assert all(key in hidden for key, count in cells.items() if 0 < count < 5)
    present = sum(count > 0 for count in counts)
    if hidden and present > 1:
        assert len(hidden) >= 2
    if hidden and sum(counts) >= 5:
        assert sum(cells[key] for key in hidden) >= 5


def test_hidden_means_hides_small_groups() -> None:
    assert hidden_means({"a": 12, "b": 4}, ["a"], 5) == {"b": Suppressed(5)}


def test_hidden_means_hides_a_second_voice_because_the_score_is_their_mean() -> None:
    hidden = hidden_means({"a": 12, "b": 4, "c": 8}, ["a", "b", "c"], 5)
    assert hidden == {"b": Suppressed(5), "c": Suppressed(None)}


def test_hidden_means_leaves_two_small_voices_as_they_are() -> None:
    hidden = hidden_means({"a": 12, "b": 4, "c": 3}, ["a", "b", "c"], 5)
    assert hidden == {"b": Suppressed(5), "c": Suppressed(5)}
