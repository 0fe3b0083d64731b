"""Writing very many rows at once, past the ORM: PostgreSQL's COPY."""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice

from django.db import connection, models

BATCH = 20_000
"""Rows that stand in memory as text at a time."""


def copy_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Insert rows that give the fields `names` in this order; every other field gets its default. Returns how many.

    Nothing is checked but by the database, and no history but that of its triggers is kept. Texts must hold neither
    tab, line feed nor backslash: that is for generated rows. Raises ValueError where one does.
    """
    by_name = {field.name: field for field in model._meta.concrete_fields}
    fixed = _defaults(model, set(names))
    columns = ", ".join(f'"{column}"' for column in [*(by_name[name].column for name in names), *fixed])
    ending = "".join(f"\t{_text(value)}" for value in fixed.values()) + "\n"
    return _copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN', rows, ending)


def copy_links(through: type[models.Model], pairs: Iterable[tuple[int, int]]) -> int:
    """Insert the rows of a many-to-many relation: (person or organisation, what it is linked to)."""
    ends = [field.column for field in through._meta.concrete_fields if field.is_relation]
    columns = ", ".join(f'"{column}"' for column in ends)
    return _copy(f'COPY "{through._meta.db_table}" ({columns}) FROM STDIN', pairs, "\n")


def reserve_numbers(model: type[models.Model], count: int) -> list[int]:
    """Primary keys, ascending, that nobody else will get."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [f'"{table}"', column, count]
        )
        return sorted(number for (number,) in cursor.fetchall())


def _copy(statement: str, rows: Iterable[Sequence[object]], ending: str) -> int:
    written = 0
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            lines = ["\t".join(map(_text, row)) + ending for row in batch]
            cursor.cursor.copy_expert(statement, io.StringIO("".join(lines)))
            written += len(batch)
    return written


def _batches(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _defaults(model: type[models.Model], given: set[str]) -> dict[str | None, object]:
    """Column and default of every field that is not given, so that a field added later needs no change here."""
    return {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.name not in given and not field.primary_key and not field.generated
    }


def _text(value: object) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = str(value)
    if not text.isascii() or not text.isprintable() or "\\" in text:
        _check(text)
    return text


def _check(text: str) -> None:
    if any(sign in text for sign in "\t\n\r\\\0"):
        raise ValueError(f"COPY would read this as something else: {text!r}")
