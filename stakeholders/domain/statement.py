"""Writing to the database in few trips: under a lock that others wait for, each trip is time for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, models
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

BATCH = 500


@dataclass(frozen=True)
class Statement:
    """SQL that writes and whose answer nobody needs."""

    sql: str
    values: Sequence[object] | Mapping[str, object]


def insertions(rows: Iterable[models.Model], *, known_stay: bool = False) -> list[Statement]:
    """New rows of one model as they are stored, without telling their numbers. `known_stay`: what is there already
    stays as it is; else it is an IntegrityError."""
    found = list(rows)
    parts = (found[start : start + BATCH] for start in range(0, len(found), BATCH))
    return [_insertion(part, known_stay=known_stay) for part in parts]


def _insertion(rows: list[models.Model], *, known_stay: bool) -> Statement:
    model = type(rows[0])
    query = InsertQuery(model, on_conflict=OnConflict.IGNORE if known_stay else None)
    query.insert_values([field for field in model._meta.concrete_fields if not field.primary_key], rows)
    ((sql, values),) = query.get_compiler(connection=connection).as_sql()
    return Statement(sql, values)


def execute(statements: Iterable[Statement]) -> None:
    """One after the other, in one trip."""
    with connection.cursor() as cursor:
        sql = ";".join(cursor.mogrify(statement.sql, statement.values).decode() for statement in statements)
        if sql:
            cursor.execute(sql)
