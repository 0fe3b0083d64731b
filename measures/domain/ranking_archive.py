"""The input of a ranking as it is kept: a file of schema ranking-data/1, compressed."""

import gzip
import io
import json
from collections.abc import Iterator

from measures.domain.rating_data import SCHEMA, Ints, RatingData, Ratings

ROWS_AT_A_TIME = 1 << 18


def pack(data: RatingData) -> bytes:
    """The same data give the same bytes. `gunzip` makes a file of them that `rank_data` reads."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=6, mtime=0) as file:
        for part in _parts(data):
            file.write(part.encode())
    return buffer.getvalue()


def unpack(packed: bytes) -> bytes:
    return gzip.decompress(packed)


def _parts(data: RatingData) -> Iterator[str]:
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
    yield json.dumps(head, ensure_ascii=False)[:-1]
    yield ', "ratings": '
    yield from _columns(data.rating)
    if data.first is not None:
        yield ', "first_ratings": '
        yield from _columns(data.first)
    yield "}\n"


def _raters(data: RatingData) -> list[dict[str, int | None]]:
    columns = (data.rater_group.tolist(), data.rater_district.tolist(), data.rater_organisation.tolist())
    return [
        {
            name: None if value < 0 else value
            for name, value in zip(("group", "district", "organisation"), row, strict=True)
        }
        for row in zip(*columns, strict=True)
    ]


def _columns(ratings: Ratings) -> Iterator[str]:
    named = {
        "rater": ratings.rater,
        "measure": ratings.measure,
        "criterion": ratings.criterion,
        "grade": ratings.grade,
    }
    for place, (name, column) in enumerate(named.items()):
        yield f'{", " if place else "{"}"{name}": ['
        yield from _numbers(column)
        yield "]"
    yield "}"


def _numbers(column: Ints) -> Iterator[str]:
    for start in range(0, len(column), ROWS_AT_A_TIME):
        yield (", " if start else "") + ", ".join(map(str, column[start : start + ROWS_AT_A_TIME].tolist()))
