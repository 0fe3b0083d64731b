"""Protocols of draws, schema fair-selection/1: written without names, and anybody can draw again from them; pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from workshops.domain.fair_selection import DrawImpossible, Lottery, Person, Quota, draw, lottery

SCHEMA = "fair-selection/1"
LARGEST = 2**31 - 1


class ProtocolError(Exception):
    """The text is one English sentence that names the fault."""


def protocol_of(
    people: Sequence[Person], quotas: Sequence[Quota], places: int, seed: int, found: Lottery, drawn: Sequence[int]
) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "places": places,
        "seed": seed,
        "quotas": [asdict(quota) for quota in quotas],
        "pool": [
            {"number": person.key, "values": dict(person.values), "chance": round(found.chances[person.key], 6)}
            for person in people
        ],
        "drawn": list(drawn),
    }


def replay(protocol: object) -> list[int]:
    """Draw again: numbers of those drawn. Chances and numbers that stand in the protocol are not looked at."""
    top = _object("The file", protocol)
    if top.get("schema") != SCHEMA:
        raise ProtocolError(f"The entry 'schema' must be '{SCHEMA}'.")
    places = _whole(top, "places", "The file", least=1)
    seed = _whole(top, "seed", "The file", least=0)
    people = [_person(f"pool[{place}]", row) for place, row in enumerate(_rows(top, "pool"))]
    quotas = [_quota(f"quotas[{place}]", row) for place, row in enumerate(_rows(top, "quotas"))]
    if len({person.key for person in people}) < len(people):
        raise ProtocolError("A number stands in the pool twice.")
    if len(people) < places:
        raise ProtocolError("There are fewer people in the pool than places.")
    try:
        return draw(lottery(people, quotas, places), seed)
    except DrawImpossible as impossible:
        raise ProtocolError("The quotas cannot be met by the pool.") from impossible


def read_protocol(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse_constant)
    except OSError as fault:
        raise ProtocolError(f"The file {path} cannot be read: {fault.strerror}.") from fault
    except UnicodeDecodeError as fault:
        raise ProtocolError(f"The file is not UTF-8 text: the byte at position {fault.start} is invalid.") from fault
    except json.JSONDecodeError as fault:
        place = f"line {fault.lineno}, column {fault.colno}"
        raise ProtocolError(f"The file is not JSON: {fault.msg} at {place}.") from fault
    except (RecursionError, ValueError) as fault:  # too deep, or a number of thousands of digits
        raise ProtocolError("The file is not the protocol of a draw.") from fault


def _refuse_constant(name: str) -> NoReturn:
    raise ProtocolError(f"The file is not JSON: it contains {name}.")


def _person(where: str, given: object) -> Person:
    row = _object(where, given)
    values = _object(f"{where}.values", row.get("values"))
    return Person(_whole(row, "number", where), {name: _text(values, name, f"{where}.values") for name in values})


def _quota(where: str, given: object) -> Quota:
    row = _object(where, given)
    low, high = _whole(row, "low", where), _whole(row, "high", where)
    if low > high:
        raise ProtocolError(f"{where}: the entry 'low' is larger than 'high'.")
    return Quota(_text(row, "category", where), _text(row, "value", where), low, high)


def _object(where: str, given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ProtocolError(f"{where} must be an object.")
    return given


def _rows(top: dict[str, Any], name: str) -> list[object]:
    if not isinstance(top.get(name), list):
        raise ProtocolError(f"The entry '{name}' must be a list.")
    return list(top[name])


def _whole(row: dict[str, Any], name: str, where: str, least: int = 0) -> int:
    number = row.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= LARGEST:
        raise ProtocolError(f"{where}: the entry '{name}' must be a whole number from {least} to {LARGEST}.")
    return number


def _text(row: dict[str, Any], name: str, where: str) -> str:
    if not isinstance(row.get(name), str):
        raise ProtocolError(f"{where}: the entry '{name}' must be a text.")
    return str(row[name])
