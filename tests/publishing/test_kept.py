from collections.abc import Iterator

from django.utils import translation

from publishing.kept import kept


def drawn(*parts: object, source: Iterator[int]) -> int:
    return kept(*parts, seconds=60, draw=lambda: next(source))


def test_kept_draws_once_for_equal_parts() -> None:
    source = iter(range(9))
    assert [drawn("a", 1, source=source), drawn("a", 1, source=source)] == [0, 0]


def test_kept_draws_anew_for_other_parts_and_another_language() -> None:
    source = iter(range(9))
    assert [drawn("a", 1, source=source), drawn("a", 2, source=source), drawn("b", 1, source=source)] == [0, 1, 2]
    with translation.override("en"):
        assert drawn("a", 1, source=source) == 3
    assert drawn("a", 1, source=source) == 0
