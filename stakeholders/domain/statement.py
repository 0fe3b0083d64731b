"""Writing to the database in few trips: under a lock that others wait for, each trip is time for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, connections, models

BATCH = 500


@dataclass(frozen=True)
class Statement:
    """SQL that writes and whose answer nobody needs."""

    sql: str
    values: Sequence[object] | Mapping[str, object]


def insertions(rows: Iterable[models.Model], *, known_stay: bool = False) -> list[Statement]:
    """New rows of one model as they are stored: under the numbers they have, else under new ones that nobody is told.
    `known_stay`: what is there already stays as it is; else it is an IntegrityError."""
    found = list(rows)
    parts = (found[start : start + BATCH] for start in range(0, len(found), BATCH))
    return [_insertion(part, known_stay=known_stay) for part in parts]


def _insertion(rows: list[models.Model], *, known_stay: bool) -> Statement:
    fields, head, line = _into(type(rows[0]), is_numbered=rows[0].pk is not None)
    database = connections[connection.alias]
    values = [field.get_db_prep_save(field.pre_save(row, add=True), database) for row in rows for field in fields]
    tail = " ON CONFLICT DO NOTHING" if known_stay else ""
    return Statement(head + ", ".join([line] * len(rows)) + tail, values)


@cache
def _into(model: type[models.Model], *, is_numbered: bool) -> tuple[list[models.Field[Any, Any]], str, str]:
    """The fields that are written, the beginning of the statement, and the placeholders of one row."""
    fields = [field for field in model._meta.concrete_fields if is_numbered or not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    head = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES '  # noqa: S608  (names of table and columns only)
    return fields, head, f"({', '.join(['%s'] * len(fields))})"


def execute(statements: Iterable[Statement]) -> None:
    """One after the other, in one trip."""
    with connection.cursor() as cursor:
        sql = ";".join(cursor.mogrify(statement.sql, statement.values).decode() for statement in statements)
        if sql:
            cursor.execute(sql)
