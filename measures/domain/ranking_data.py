"""Files of schema ranking-data/1: anonymised ratings that anybody can rank again without the database."""

import gzip
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from measures.domain.number_text import parse_numbers
from measures.domain.rating_data import SCHEMA, Ints, Options, RankingDataError, RatingData, Ratings, check

COLUMNS = ("rater", "measure", "criterion", "grade")
REQUIRED = ("schema", "criteria", "groups", "districts", "measures", "raters", "ratings")
GZIP = b"\x1f\x8b"  # how every compressed file begins
COLUMN = re.compile(rb'"(?:rater|measure|criterion|grade)"[ \t\n\r]*:[ \t\n\r]*\[')
LARGEST = 2**31 - 1  # of any index; organisations may be larger
WHOLE_NUMBERS = tuple(field.name for field in fields(Options) if field.type is int)


def read_ranking_data(path: Path) -> RatingData:
    """The file may be compressed with gzip, as it is downloaded. Raises `RankingDataError` with one sentence that names
    the place of the fault, also for unreadable files."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise RankingDataError(f"The file {path} cannot be read: {fault.strerror}.") from fault
    return load_ranking_data(content)


def load_ranking_data(content: bytes) -> RatingData:
    """The same for the content of a file."""
    try:
        document = _document(_unpacked(content))
    except UnicodeDecodeError as fault:
        raise RankingDataError(f"The file is not UTF-8 text: the byte at position {fault.start} is invalid.") from fault
    except json.JSONDecodeError as fault:
        place = f"line {fault.lineno}, column {fault.colno}"
        raise RankingDataError(f"The file is not JSON: {fault.msg} at {place}.") from fault
    except RecursionError as fault:
        raise RankingDataError("The file is not a ranking: it is nested too deeply.") from fault
    except RankingDataError:
        raise
    except ValueError as fault:  # Python reads no whole number of more than some thousand digits
        raise RankingDataError("The file is not a ranking: it contains a number of too many digits.") from fault
    return parse_ranking_data(document)


def _document(content: bytes) -> object:
    """Columns of numbers are read by themselves and as arrays, since Python would need 64 bytes for each number.

    In their places stands NaN, which JSON does not have, and which calls for the next column when it is read. Whatever
    is unusual in any way is left to the ordinary reader, which names the place of a fault.
    """
    columns, rest, end = [], [], 0
    for found in COLUMN.finditer(content):
        close = content.find(b"]", found.end())
        column = parse_numbers(content[found.end() : close]) if close >= 0 and found.end() >= end else None
        if column is None:
            return json.loads(content.decode(), parse_constant=_refuse_constant)
        columns.append(column)
        rest += [content[end : found.end() - 1], b"NaN"]
        end = close + 1
    rest.append(content[end:])
    if not columns or any(constant in part for part in rest[::2] for constant in (b"NaN", b"Infinity")):
        return json.loads(content.decode(), parse_constant=_refuse_constant)
    waiting = iter(columns)
    return json.loads(b"".join(rest).decode(), parse_constant=lambda _name: next(waiting))


def _unpacked(content: bytes) -> bytes:
    try:
        return gzip.decompress(content) if content.startswith(GZIP) else content
    except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
        raise RankingDataError("The file is compressed with gzip, but damaged or cut short.") from fault


def parse_ranking_data(document: object) -> RatingData:
    """Build the checked arrays from parsed JSON; pairs given twice are found only by `prioritise`."""
    top = _object("The file", document, (*REQUIRED, "first_ratings", "options"))
    for key in REQUIRED:
        if key not in top:
            raise RankingDataError(f"The file lacks the entry '{key}'.")
    if top["schema"] != SCHEMA:
        raise RankingDataError(f"schema is {_shown(top['schema'])}, but it must be '{SCHEMA}'.")
    criteria, weights = _criteria(top["criteria"])
    first = top.get("first_ratings")
    group, district, organisation = _raters(top["raters"])
    data = RatingData(
        criteria=criteria,
        weights=weights,
        groups=_keys("groups", top["groups"]),
        districts=_keys("districts", top["districts"]),
        measures=_keys("measures", top["measures"]),
        rater_group=group,
        rater_district=district,
        rater_organisation=organisation,
        rating=_ratings("ratings", top["ratings"]),
        first=None if first is None else _ratings("first_ratings", first),
        options=_options(top.get("options", {})),
    )
    check(data)
    return data


def _criteria(value: object) -> tuple[tuple[str, ...], np.ndarray[Any, np.dtype[np.float64]]]:
    keys, weights = [], []
    for position, entry in enumerate(_list("criteria", value)):
        place = f"criteria[{position}]"
        criterion = _object(place, entry, ("key", "weight"))
        keys.append(_text(f"{place}.key", criterion.get("key")))
        weights.append(_number(f"{place}.weight", criterion.get("weight")))
    return tuple(keys), np.array(weights, dtype=np.float64)


def _raters(value: object) -> tuple[Ints, Ints, Ints]:
    columns: tuple[list[int], list[int], list[int]] = ([], [], [])
    for position, entry in enumerate(_list("raters", value)):
        rater = _object(f"raters[{position}]", entry, ("group", "district", "organisation"))
        for name, column in zip(("group", "district", "organisation"), columns, strict=True):
            number = rater.get(name)
            if number is not None:
                largest = 2**63 - 1 if name == "organisation" else LARGEST
                number = _whole(f"raters[{position}].{name}", number, lowest=0, largest=largest)
            column.append(-1 if number is None else number)
    group, district, organisation = (np.array(column, dtype=np.int64) for column in columns)
    return group, district, organisation


def _ratings(name: str, value: object) -> Ratings:
    if isinstance(value, dict):
        columns = _object(name, value, COLUMNS)
        arrays = [_column(f"{name}.{column}", columns.get(column)) for column in COLUMNS]
        for column, array in zip(COLUMNS, arrays, strict=True):
            if len(array) != len(arrays[0]):
                raise RankingDataError(
                    f"{name}.{column} has {len(array)} entries, but {name}.rater has {len(arrays[0])}."
                )
        return Ratings(*arrays)
    rows = _list(name, value)
    if set(map(type, rows)) - {list} or set(map(len, rows)) - {4} or set(map(type, chain.from_iterable(rows))) - {int}:
        _refuse_row(name, rows)
    try:
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=4 * len(rows))
    except OverflowError:
        _refuse_row(name, rows)
    table = flat.reshape(-1, 4)
    return Ratings(*(np.ascontiguousarray(table[:, column]) for column in range(4)))


def _refuse_row(name: str, rows: Sequence[Any]) -> NoReturn:
    """Find the first faulty row, which is worth a slow search only once it is known to exist."""
    for position, row in enumerate(rows):
        place = f"{name}[{position}]"
        if not isinstance(row, list) or len(row) != 4:
            raise RankingDataError(f"{place} is {_shown(row)}, but it must be [rater, measure, criterion, grade].")
        for column, number in zip(COLUMNS, row, strict=True):
            _whole(f"{place}, {column},", number, lowest=-LARGEST, largest=LARGEST)
    raise AssertionError("called for rows without fault")


def _column(place: str, value: object) -> Ints:
    if isinstance(value, np.ndarray):
        return value
    numbers = _list(place, value)
    if not set(map(type, numbers)) - {int}:
        try:
            return np.array(numbers, dtype=np.int64)
        except OverflowError:
            pass  # the search below names the place
    for position, number in enumerate(numbers):
        _whole(f"{place}[{position}]", number, lowest=-LARGEST, largest=LARGEST)
    raise AssertionError("called for a column without fault")


def _options(value: object) -> Options:
    given = _object("options", value, tuple(field.name for field in fields(Options)))
    chosen: dict[str, Any] = {}
    for name, setting in given.items():
        place = f"options.{name}"
        if name in WHOLE_NUMBERS:
            chosen[name] = _whole(place, setting, lowest=-LARGEST, largest=2**63 - 1)
        elif name == "confidence":
            chosen[name] = _number(place, setting)
        elif name == "required_groups":
            chosen[name] = _keys(place, setting)
        elif name == "population":
            chosen[name] = _population(place, setting)
        elif isinstance(setting, bool):
            chosen[name] = setting
        else:
            raise RankingDataError(f"{place} is {_shown(setting)}, but it must be true or false.")
    return Options(**chosen)


def _population(place: str, value: object) -> dict[str, int] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise RankingDataError(f"{place} is {_shown(value)}, but it must be null or map keys of groups to numbers.")
    return {
        key: _whole(f"{place}['{key}']", members, lowest=-LARGEST, largest=LARGEST)
        for key, members in value.items()
        if members is not None
    }


def _keys(place: str, value: object) -> tuple[str, ...]:
    return tuple(_text(f"{place}[{position}]", key) for position, key in enumerate(_list(place, value)))


def _object(place: str, value: object, allowed: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RankingDataError(f"{place} is {_shown(value)}, but it must be an object.")
    for key in value:
        if key not in allowed:
            raise RankingDataError(f"{place} has the unknown entry '{key}'.")
    return value


def _list(place: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise RankingDataError(f"{place} is {_shown(value)}, but it must be a list.")
    return value


def _text(place: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise RankingDataError(f"{place} is {_shown(value)}, but it must be a text.")
    if not value.isprintable():
        raise RankingDataError(f"{place} is {_shown(value)}, but it must not contain control characters.")
    return value


def _number(place: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > LARGEST:
        raise RankingDataError(f"{place} is {_shown(value)}, but it must be a number.")
    return float(value)


def _whole(place: str, value: object, *, lowest: int, largest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise RankingDataError(f"{place} is {_shown(value)}, but it must be a whole number.")
    if not lowest <= value <= largest:
        raise RankingDataError(f"{place} is {_shown(value)}, but it must lie between {lowest} and {largest}.")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise RankingDataError(f"The file is not JSON: {name} is not a number.")


def _shown(value: object) -> str:
    """The beginning of a value, so that a sentence stays a sentence."""
    if value is None:
        return "missing"
    try:
        text = json.dumps(value, ensure_ascii=True)
    except (ValueError, TypeError):
        return "unprintable"
    return text if len(text) <= 40 else f"{text[:40]}…"
