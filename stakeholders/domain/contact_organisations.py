"""Organisations that a list of contacts names."""

import time
from dataclasses import dataclass

from django.db import connection
from django.db.models.functions import Lower

from stakeholders.models import Organisation

ALIKE = 0.6
"""Of pg_trgm's similarity between 0 and 1: »Musterguss GmbH« and »Musterguß GmbH« are, two companies seldom."""

PATIENCE = 4.0
"""Seconds to look for names written alike. Each takes up to 20 ms among thousands of companies with "GmbH" in their
name; what a list has beyond that is checked without suggestions."""

AT_ONCE = 50


@dataclass(frozen=True)
class Organisations:
    numbers: dict[str, int]
    alike: dict[str, str]
    unasked: int
    """New names for which time did not suffice to look for similar ones."""

    def number(self, name: str) -> int | None:
        return self.numbers.get(name.lower())

    def similar(self, name: str) -> str | None:
        """Of a name that is not known; it is shown to a human and never chosen by itself."""
        return self.alike.get(name.lower())


def read_organisations(names: set[str], *, suggest: bool) -> Organisations:
    """Known ones by name whatever the case of letters; who was merged leads to the one it was merged into."""
    wanted = sorted({name.lower() for name in names})
    rows = Organisation.objects.alias(lower=Lower("name")).filter(lower__in=wanted)
    numbers = {name.lower(): into or number for name, number, into in rows.values_list("name", "pk", "merged_into")}
    unknown = [name for name in wanted if name not in numbers] if suggest else []
    alike: dict[str, str] = {}
    end = time.monotonic() + PATIENCE
    asked = 0
    while asked < len(unknown) and time.monotonic() < end:
        alike |= _alike(unknown[asked : asked + AT_ONCE])
        asked += AT_ONCE
    return Organisations(numbers, alike, max(len(unknown) - asked, 0))


def _alike(names: list[str]) -> dict[str, str]:
    table = Organisation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(
            f"""
            SELECT wanted.name, found.name FROM unnest(%s) AS wanted(name)
            CROSS JOIN LATERAL (
                SELECT name FROM {table}
                WHERE {table}.name %% wanted.name AND merged_into_id IS NULL
                ORDER BY similarity({table}.name, wanted.name) DESC, id LIMIT 1
            ) AS found
            """,  # noqa: S608  (the name of our own table)
            [names],
        )
        return dict(cursor.fetchall())
