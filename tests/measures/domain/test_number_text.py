"""Lists of numbers by columns, against the ordinary reader and writer of JSON."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.domain.number_text import format_numbers, parse_numbers


@pytest.fixture
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("measures.domain.number_text.NUMBERS_AT_A_TIME", 3)
    monkeypatch.setattr("measures.domain.number_text.BYTES_AT_A_TIME", 5)


@pytest.mark.usefixtures("short_pieces")
def test_numbers_are_written_as_json_writes_them() -> None:
    for numbers in ([], [0], [7, 10, 9], [0, 1, 20, 333, 4444, 55555, 0, 999_999_999]):
        text = b"".join(format_numbers(np.array(numbers, dtype=np.int32)))
        assert text.decode() == json.dumps(numbers, separators=(",", ":"))[1:-1]
        assert known_list(text) == numbers


@pytest.mark.usefixtures("short_pieces")
@pytest.mark.parametrize(
    "text",
    [
        "1 2,,3",
        "1,,2",
        "1,",
        ",1",
        ",",
        "1 2",
        "01",
        "-1",
        "1.0",
        "1e3",
        "[1]",
        '"1"',
        "true",
        "1234567890",
        "1,2]",
        "1\x0b2",
    ],
)
def test_anything_else_is_left_to_the_ordinary_reader(text: str) -> None:
    assert parse_numbers(text.encode()) is None
    assert parse_numbers(f"1, 2, 3, 4, 5, {text}".encode()) is None


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.text(alphabet="0123456789,, \n-.", max_size=12))
def test_what_is_read_is_what_json_reads(text: str) -> None:
    found = parse_numbers(text.encode())
    if found is not None:
        assert json.loads(f"[{text}]") == found.tolist()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 999_999_999)), st.sampled_from([None, 1, "\t"]))
def test_json_with_any_white_space_is_read(numbers: list[int], indent: int | str | None) -> None:
    assert known_list(json.dumps(numbers, indent=indent)[1:-1].encode()) == numbers


def known_list(text: bytes) -> list[int]:
    found = parse_numbers(text)
    assert found is not None
    return list(map(int, found))
