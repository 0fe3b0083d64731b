"""What goes into a ranking: anonymised ratings as arrays, with the options that were published before.

The database delivers these arrays directly; `ranking_data` builds them from a file. Nothing here knows Django.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SCHEMA = "ranking-data/1"
NO_ANSWER = "none"  # key under which people without a group or district are counted
MAX_GRADES = 127  # grades are kept as one byte
ROWS_AT_A_TIME = 1 << 20
RATERS_AT_A_TIME = 1 << 12


class RankingDataError(ValueError):
    """Malformed input; the message is one sentence that names the place of the fault."""


@dataclass(frozen=True)
class Options:
    """Published rules of a ranking (methods section 4.4 to 4.6).

    `population` maps the key of a group to the known number of its members (organisations where
    `cap_organisations` is set); a group not named there counts as drawn from an unlimited population.
    """

    grades: int = 5
    min_raters: int = 5
    min_groups: int = 2
    pool_below: int = 20
    cap_organisations: bool = False
    required_groups: tuple[str, ...] = ()
    population: Mapping[str, int] | None = None
    top: int = 10
    draws: int = 5000
    seed: int = 1
    confidence: float = 0.95
    min_cell: int = 5

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values in canonical form: required groups sorted, population by key."""
        plain = asdict(self)
        plain["required_groups"] = sorted(self.required_groups)
        plain["population"] = None if self.population is None else dict(sorted(self.population.items()))
        plain["confidence"] = float(self.confidence)
        return plain


@dataclass(frozen=True, eq=False)
class Ratings:
    """Four columns of equal length V: indices of rater, measure and criterion, and a grade from 1 to `grades`."""

    rater: Ints
    measure: Ints
    criterion: Ints
    grade: Ints

    def __len__(self) -> int:
        return len(self.rater)


@dataclass(frozen=True, eq=False)
class RatingData:
    """Anonymised input of one ranking.

    `weights` float64[C] sums to 1. `rater_group` and `rater_district` int[R] index `groups` and `districts`, -1 where
    the person gave no answer. `rater_organisation` int[R] is any number that colleagues share, -1 for people who
    stand for themselves. `first` holds the first rating of every rated pair, before the rater saw others' results.
    A ranking by district instead of by group is the same data with the districts in the place of the groups.
    """

    criteria: tuple[str, ...]
    weights: Floats
    groups: tuple[str, ...]
    districts: tuple[str, ...]
    measures: tuple[str, ...]
    rater_group: Ints
    rater_district: Ints
    rater_organisation: Ints
    rating: Ratings
    first: Ratings | None = None
    options: Options = field(default_factory=Options)


def check(data: RatingData) -> None:
    """Refuse with a `RankingDataError` what no ranking can be computed from. Pairs given twice: see `grade_cube`."""
    for name in ("criteria", "groups", "districts", "measures"):
        _check_keys(name, getattr(data, name))
    for name in ("groups", "districts"):
        if NO_ANSWER in getattr(data, name):
            raise RankingDataError(f"{name} must not contain the key '{NO_ANSWER}', which counts people without one.")
    _check_weights(data)
    _check_options(data)
    _check_raters(data)
    _check_ratings("ratings", data, data.rating)
    if data.first is not None:
        _check_ratings("first_ratings", data, data.first)


def grade_cube(name: str, data: RatingData, ratings: Ratings) -> NDArray[np.uint8]:
    """uint8[R, M, C]: the grade, 0 where not rated; the same for any order of the rows.

    Raises `RankingDataError` if a pair is given twice. `name` is the word for the rows in that sentence.
    """
    shape = (len(data.rater_group), len(data.measures), len(data.criteria))
    cube = np.zeros(shape, dtype=np.uint8)
    flat = cube.reshape(-1)
    for rows, place in _places(ratings, shape):
        flat[place] = ratings.grade[rows]
    if np.count_nonzero(flat) != len(ratings):
        _refuse_duplicate(name, data, ratings, shape)
    return cube


def rating_rows(cube: NDArray[np.uint8]) -> Ratings:
    """The grades of a cube uint8[R, M, C] as rows in its order, in columns that are no wider than they must be."""
    size, raters = np.count_nonzero(cube), len(cube)
    rater, measure, criterion, grade = (np.empty(size, np.min_scalar_type(length)) for length in (*cube.shape, 1))
    filled = 0
    for start in range(0, raters, RATERS_AT_A_TIME):
        part = cube[start : start + RATERS_AT_A_TIME]
        found = np.nonzero(part)
        rows = slice(filled, filled + len(found[0]))
        rater[rows], measure[rows], criterion[rows], grade[rows] = found[0] + start, found[1], found[2], part[found]
        filled = rows.stop
    return Ratings(rater, measure, criterion, grade)


def digest(data: RatingData, rated: NDArray[np.uint8], first: NDArray[np.uint8] | None) -> str:
    """Hash over the canonical input and the options, as "sha256:" and 64 hexadecimal digits.

    Hashed bytes, in this order: one line of JSON (sorted keys, no spaces, UTF-8) with schema, criteria, groups,
    districts, measures, options, number of raters and whether first ratings follow; a line feed; the group and the
    district of every rater as little-endian int32; the organisation as little-endian int64; then one byte per rater,
    measure and criterion (the last running fastest) with the grade or 0; then the same for the first ratings.
    """
    header = {
        "schema": SCHEMA,
        "criteria": [
            {"key": key, "weight": weight} for key, weight in zip(data.criteria, data.weights.tolist(), strict=True)
        ],
        "groups": list(data.groups),
        "districts": list(data.districts),
        "measures": list(data.measures),
        "raters": len(data.rater_group),
        "first_ratings": first is not None,
        "options": data.options.as_dict(),
    }
    line = json.dumps(header, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    hashed = hashlib.sha256(line.encode() + b"\n")
    hashed.update(data.rater_group.astype("<i4").tobytes())
    hashed.update(data.rater_district.astype("<i4").tobytes())
    hashed.update(data.rater_organisation.astype("<i8").tobytes())
    hashed.update(np.ascontiguousarray(rated).data)
    if first is not None:
        hashed.update(np.ascontiguousarray(first).data)
    return f"sha256:{hashed.hexdigest()}"


def _places(ratings: Ratings, shape: tuple[int, int, int]) -> Iterator[tuple[slice, Ints]]:
    """Rows in parts, so that millions of them need no second copy, with their place in the flattened cube."""
    for start in range(0, len(ratings), ROWS_AT_A_TIME):
        rows = slice(start, start + ROWS_AT_A_TIME)
        place = ratings.rater[rows].astype(np.int64)
        place *= shape[1]
        place += ratings.measure[rows]
        place *= shape[2]
        place += ratings.criterion[rows]
        yield rows, place


def _refuse_duplicate(name: str, data: RatingData, ratings: Ratings, shape: tuple[int, int, int]) -> None:
    place = np.concatenate([place for _, place in _places(ratings, shape)])
    order = np.argsort(place, kind="stable")
    again = int(order[1:][place[order][1:] == place[order][:-1]].min())
    measure, criterion = data.measures[int(ratings.measure[again])], data.criteria[int(ratings.criterion[again])]
    raise RankingDataError(
        f"{name}[{again}] repeats an earlier row: rater {int(ratings.rater[again])} rates measure '{measure}' "
        f"on criterion '{criterion}' twice."
    )


def _check_keys(name: str, keys: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for position, key in enumerate(keys):
        if key in seen:
            raise RankingDataError(f"{name}[{position}] repeats the key '{key}'.")
        seen.add(key)
    if not keys and name not in {"districts", "groups"}:
        raise RankingDataError(f"{name} is empty, but a ranking needs at least one entry there.")


def _check_weights(data: RatingData) -> None:
    if data.weights.shape != (len(data.criteria),):
        raise RankingDataError(f"criteria has {len(data.criteria)} entries, but {data.weights.size} weights are given.")
    for position, weight in enumerate(data.weights.tolist()):
        if not 0 <= weight <= 1:
            raise RankingDataError(f"criteria[{position}].weight is {weight}, but a weight lies between 0 and 1.")
    total = float(data.weights.sum())
    if abs(total - 1) > 1e-9:
        raise RankingDataError(f"criteria has weights with the sum {total}, but they must add up to 1.")


def _check_options(data: RatingData) -> None:
    options = data.options
    limits = {
        "grades": (2, MAX_GRADES),
        "min_raters": (1, None),
        "min_groups": (1, None),
        "pool_below": (0, None),
        "top": (1, None),
        "draws": (1, 1_000_000),
        "seed": (0, None),
        "min_cell": (0, None),
    }
    for name, (lowest, highest) in limits.items():
        value = getattr(options, name)
        if value < lowest or (highest is not None and value > highest):
            allowed = f"at least {lowest}" if highest is None else f"between {lowest} and {highest}"
            raise RankingDataError(f"options.{name} is {value}, but it must be {allowed}.")
    if not 0.5 < options.confidence < 1:
        raise RankingDataError(f"options.confidence is {options.confidence}, but it must lie between 0.5 and 1.")
    for place, keys in (("required_groups", options.required_groups), ("population", options.population or ())):
        for key in keys:
            if key not in data.groups:
                raise RankingDataError(f"options.{place} names the group '{key}', which is not in groups.")
    for key, members in (options.population or {}).items():
        if members < 1:
            raise RankingDataError(f"options.population['{key}'] is {members}, but it must be at least 1.")


def _check_raters(data: RatingData) -> None:
    raters = len(data.rater_group)
    columns = (
        ("group", data.rater_group, len(data.groups)),
        ("district", data.rater_district, len(data.districts)),
        ("organisation", data.rater_organisation, None),
    )
    for name, column, count in columns:
        if column.shape != (raters,):
            raise RankingDataError(f"raters has {raters} groups, but {column.size} values of {name}.")
        wrong = (column < -1) if count is None else (column < -1) | (column >= count)
        if wrong.any():
            position = int(wrong.argmax())
            expected = "a number from 0 or null" if count is None else f"null or an index below {count}"
            raise RankingDataError(f"raters[{position}].{name} is {int(column[position])}, but it must be {expected}.")


def _check_ratings(name: str, data: RatingData, ratings: Ratings) -> None:
    columns = (
        ("rater", ratings.rater, 0, len(data.rater_group) - 1),
        ("measure", ratings.measure, 0, len(data.measures) - 1),
        ("criterion", ratings.criterion, 0, len(data.criteria) - 1),
        ("grade", ratings.grade, 1, data.options.grades),
    )
    for column_name, column, lowest, highest in columns:
        if column.shape != (len(ratings),):
            raise RankingDataError(f"{name} has {len(ratings)} raters, but {column.size} values of {column_name}.")
        if column.size == 0 or (int(column.min()) >= lowest and int(column.max()) <= highest):
            continue
        position = int(((column < lowest) | (column > highest)).argmax())
        allowed = f"between {lowest} and {highest}" if highest >= lowest else "absent, as there are none"
        raise RankingDataError(
            f"{name}[{position}] has the {column_name} {int(column[position])}, but it must be {allowed}."
        )
