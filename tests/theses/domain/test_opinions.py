import random

import pytest

from theses.domain.opinions import Answers, equal_voice, everybody, wilson


@pytest.mark.parametrize(
    ("successes", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_the_published_table(successes: int, total: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3."""
    ends = wilson(successes, total)
    assert ends is not None
    assert tuple(round(end, 4) for end in ends) == (low, high)


def test_wilson_without_anybody_is_none() -> None:
    assert wilson(0, 0) is None


def test_wilson_of_a_full_count_ends_at_one() -> None:
    ends = wilson(20, 20)
    assert ends is not None
    assert ends[1] == pytest.approx(1)
    assert ends[1] <= 1


def test_wilson_is_symmetric_and_holds_the_share() -> None:
    chance = random.Random(7)
    for _round in range(300):
        total = chance.randint(1, 400)
        successes = chance.randint(0, total)
        ends, mirrored = wilson(successes, total), wilson(total - successes, total)
        assert ends is not None
        assert mirrored is not None
        assert 0 <= ends[0] <= successes / total <= ends[1] + 1e-12 <= 1 + 1e-12
        assert ends[0] == pytest.approx(1 - mirrored[1], abs=1e-12)


@pytest.mark.parametrize(("successes", "total"), [(3, 2), (-1, 5)])
def test_wilson_refuses_counts_that_cannot_be(successes: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(successes, total)


def test_shares_count_those_without_a_position() -> None:
    assert Answers(agree=2, neutral=1, disagree=1, passed=4).shares() == (0.25, 0.125, 0.125, 0.5)


def test_shares_of_nobody_are_none() -> None:
    assert Answers().shares() is None


def test_everybody_adds_up_when_no_group_is_small() -> None:
    assert everybody({"a": Answers(agree=5), "b": Answers(disagree=6)}) == Answers(agree=5, disagree=6)


def test_everybody_leaves_out_a_small_group_that_the_difference_would_betray() -> None:
    assert everybody({"a": Answers(agree=9), "b": Answers(disagree=4)}) == Answers(agree=9)


def test_everybody_includes_small_groups_that_hide_each_other() -> None:
    counts = {"a": Answers(agree=9), "b": Answers(disagree=3), "c": Answers(agree=2)}
    assert everybody(counts) == Answers(agree=11, disagree=3)


@pytest.mark.parametrize("counts", [{}, {"a": Answers(agree=4)}, {"a": Answers(agree=2), "b": Answers(passed=2)}])
def test_everybody_is_none_below_one_cell(counts: dict[str, Answers]) -> None:
    assert everybody(counts) is None


def test_equal_voice_weighs_a_small_group_like_a_large_one() -> None:
    voice = equal_voice({"a": Answers(agree=90, disagree=10), "b": Answers(agree=1, disagree=9)})
    assert voice is not None
    assert voice.share == pytest.approx(0.5)
    assert 0 < voice.low < 0.5 < voice.high < 1
    assert voice.groups == 2


def test_equal_voice_interval_follows_the_formula() -> None:
    """By hand: p~ = 8/14 in both groups, variance p~(1-p~)/14, mean of two."""
    voice = equal_voice({"a": Answers(agree=6, disagree=4), "b": Answers(agree=6, disagree=4)})
    assert voice is not None
    half = 1.959964 * (2 * (8 / 14) * (6 / 14) / 14) ** 0.5 / 2
    assert voice.high - voice.share == pytest.approx(half)


def test_equal_voice_needs_two_groups_of_ten() -> None:
    assert equal_voice({"a": Answers(agree=90), "b": Answers(agree=9)}) is None
    assert equal_voice({"a": Answers(agree=10), None: Answers(agree=10)}, excluded=frozenset([None])) is None
