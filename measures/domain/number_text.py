"""Long lists of whole numbers as JSON writes them, formatted and read by columns instead of one by one: many millions
of ratings would otherwise take half a minute and gigabytes."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from measures.domain.rating_data import Ints

NUMBERS_AT_A_TIME = 1 << 18
BYTES_AT_A_TIME = 1 << 20
ZERO, NINE, COMMA = b"0"[0], b"9"[0], b","[0]
SPACES = b" \t\n\r"
LONGEST = 9  # digits that surely fit into 32 bits


def format_numbers(numbers: Ints) -> Iterator[bytes]:
    """`1,2,3` in pieces; the numbers are not negative."""
    for start in range(0, len(numbers), NUMBERS_AT_A_TIME):
        piece = numbers[start : start + NUMBERS_AT_A_TIME].astype(np.int64)[:, None]
        powers = 10 ** np.arange(len(str(piece.max())) - 1, -1, -1)
        signs = np.full((len(piece), len(powers) + 1), COMMA, dtype=np.uint8)
        signs[:, :-1] = piece // powers % 10 + ZERO
        written = np.ones(signs.shape, dtype=bool)
        written[:, :-2] = piece >= powers[:-1]
        text = signs[written].tobytes()
        yield text if start + NUMBERS_AT_A_TIME < len(numbers) else text[:-1]


def parse_numbers(text: bytes) -> Ints | None:
    """The numbers of `1, 2, 3`, in as few bytes as the greatest needs; None for anything but whole numbers of at most
    nine digits that JSON would allow there."""
    if not text.strip(SPACES):
        return np.zeros(0, dtype=np.uint8)
    parts, start = [], 0
    while start <= len(text):
        end = text.find(b",", start + BYTES_AT_A_TIME)
        end = len(text) if end < 0 else end
        part = _parsed(np.frombuffer(text, dtype=np.uint8, count=end - start, offset=start))
        if part is None:
            return None
        parts.append(part)
        start = end + 1
    return np.concatenate(parts)


def _parsed(signs: NDArray[np.uint8]) -> Ints | None:
    digit = (signs >= ZERO) & (signs <= NINE)
    commas = np.flatnonzero(signs == COMMA)
    other = signs[~digit]
    if not np.isin(other, np.frombuffer(SPACES + b",", dtype=np.uint8)).all():
        return None
    edges = np.diff(digit.astype(np.int8), prepend=0, append=0)
    first, last = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    alternate = len(first) == len(commas) + 1 and (last[:-1] < commas).all() and (commas < first[1:]).all()
    length = last - first + 1
    if not alternate or length.max() > LONGEST or ((length > 1) & (signs[first] == ZERO)).any():
        return None
    value = (signs[last] - ZERO).astype(np.int32)
    for place in range(1, int(length.max())):
        longer = np.flatnonzero(length > place)
        value[longer] += 10**place * (signs[last[longer] - place] - ZERO).astype(np.int32)
    return value.astype(np.min_scalar_type(int(value.max())))
