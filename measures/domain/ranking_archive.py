"""The input of a ranking as it is kept: a file of schema ranking-data/1, compressed."""

import gzip
import io
import json
from collections.abc import Iterator

from measures.domain.number_text import format_numbers
from measures.domain.rating_data import SCHEMA, RatingData, Ratings


def pack(data: RatingData) -> bytes:
    """The same data give the same bytes. `gunzip` makes a file of them that `rank_data` reads."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=3, mtime=0) as file:
        for part in _parts(data):
            file.write(part)
    return buffer.getvalue()


def unpack(packed: bytes) -> bytes:
    return gzip.decompress(packed)


def _parts(data: RatingData) -> Iterator[bytes]:
    """JSON in pieces, so that many millions of ratings never stand in memory as one text."""
    head = {
        "schema": SCHEMA,
        "criteria": [
            {"key": key, "weight": weight} for key, weight in zip(data.criteria, data.weights.tolist(), strict=True)
        ],
        "groups": data.groups,
        "districts": data.districts,
        "measures": data.measures,
        "options": data.options.as_dict(),
        "raters": _raters(data),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode()
    yield b', "ratings": '
    yield from _columns(data.rating)
    if data.first is not None:
        yield b', "first_ratings": '
        yield from _columns(data.first)
    yield b"}\n"


def _raters(data: RatingData) -> list[dict[str, int | None]]:
    columns = (data.rater_group.tolist(), data.rater_district.tolist(), data.rater_organisation.tolist())
    return [
        {
            name: None if value < 0 else value
            for name, value in zip(("group", "district", "organisation"), row, strict=True)
        }
        for row in zip(*columns, strict=True)
    ]


def _columns(ratings: Ratings) -> Iterator[bytes]:
    named = {
        "rater": ratings.rater,
        "measure": ratings.measure,
        "criterion": ratings.criterion,
        "grade": ratings.grade,
    }
    for place, (name, column) in enumerate(named.items()):
        yield f'{", " if place else "{"}"{name}": ['.encode()
        yield from format_numbers(column)
        yield b"]"
    yield b"}"
