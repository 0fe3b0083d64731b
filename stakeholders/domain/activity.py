"""The history of a relationship: what the apps above tell about who was asked, came, contributed and rated."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import connection, models
from django.utils import timezone, translation

from stakeholders.domain.statement import Statement, execute
from stakeholders.models import Activity, Stakeholder

Kind = Activity.Kind

ONCE_A_DAY = timedelta(days=1)
"""For what one person does many times in a row: it is written down when it is new or was last told a day ago."""


class Subject(TypedDict):
    """What a fact is about: `key` names the thing within its app ("thesis:12"), `label` and `address` show it."""

    key: str
    label: str
    address: NotRequired[str]


def subject(name: str, thing: models.Model) -> Subject:
    """In the public language, whichever language the person who did it was reading."""
    with translation.override("de"):
        link = thing.get_absolute_url()  # type: ignore[attr-defined]
        return Subject(key=f"{name}:{thing.pk}", label=str(thing)[:300], address=str(link)[:300])


class Fact(Subject):
    """What is told; see `activities`."""

    kind: Kind
    at: NotRequired[datetime | None]
    again_after: NotRequired[timedelta]


def note_activity(*, person: Stakeholder, **fact: Unpack[Fact]) -> None:
    """Called in the transaction of the fact; a fact told again keeps its first time. Costs one statement."""
    note_activities(people=[person.pk], **fact)


def note_activities(*, people: Iterable[int], **fact: Unpack[Fact]) -> None:
    """The same fact about many people, by their numbers, in one statement."""
    execute(activities(people=people, **fact))


def activities(
    *,
    people: Iterable[int],
    kind: Kind,
    key: str,
    label: str,
    address: str = "",
    at: datetime | None = None,
    again_after: timedelta = timedelta(0),
) -> list[Statement]:
    """What notes a fact and moves when these people were last active; nothing without people.

    Nothing is written about whom the same was told less than `again_after` before. People are told in the order of
    their numbers, so that two facts about the same people never wait for each other.
    """
    numbers = sorted(set(people))
    row: dict[str, Any] = {
        "people": numbers,
        "kind": kind.value,
        "key": key,
        "label": label[:300],
        "address": address[:300],
        "at": at or timezone.now(),
        "again_after": again_after,
        "is_active": kind not in Activity.PASSIVE,
    }
    return [Statement(TELL, row)] if numbers else []


TELL = f"""
    WITH told AS (
        INSERT INTO {Activity._meta.db_table} AS known (person_id, kind, key, label, address, first_at, last_at)
        SELECT person, %(kind)s, %(key)s, %(label)s, %(address)s, %(at)s, %(at)s
        FROM unnest(%(people)s::bigint[]) AS person
        ON CONFLICT (person_id, kind, key) DO UPDATE
            SET label = EXCLUDED.label, address = EXCLUDED.address, last_at = EXCLUDED.last_at
            WHERE known.last_at + %(again_after)s <= EXCLUDED.last_at
        RETURNING person_id
    )
    UPDATE {Stakeholder._meta.db_table} AS person SET last_active_at = GREATEST(last_active_at, %(at)s)
    FROM told WHERE person.id = told.person_id AND %(is_active)s
"""  # noqa: S608  (names of tables only)


def recent_things(most: int = 30) -> dict[str, dict[str, str]]:
    """For each kind the things that were told of last: key to label. One query that reads each thing once."""
    with connection.cursor() as cursor:
        cursor.execute(THINGS)
        rows = sorted(cursor.fetchall(), key=lambda row: row[3], reverse=True)
    found: dict[str, dict[str, str]] = {}
    for kind, key, label, _at in rows:
        things = found.setdefault(kind, {})
        if len(things) < most:
            things[key] = label
    return found


THINGS = f"""
    WITH RECURSIVE things AS (
        (SELECT kind, key FROM {Activity._meta.db_table} ORDER BY kind, key LIMIT 1)
        UNION ALL
        SELECT following.kind, following.key FROM things, LATERAL (
            SELECT kind, key FROM {Activity._meta.db_table} AS row
            WHERE (row.kind, row.key) > (things.kind, things.key) ORDER BY kind, key LIMIT 1
        ) AS following
    )
    SELECT things.kind, things.key, one.label, one.last_at FROM things, LATERAL (
        SELECT label, last_at FROM {Activity._meta.db_table} AS row
        WHERE row.kind = things.kind AND row.key = things.key LIMIT 1
    ) AS one
"""  # noqa: S608  (names of tables only)


def forget_activity(*, person: Stakeholder, kind: Kind, key: str) -> None:
    """For what was taken back altogether, such as a registration that was cancelled."""
    Activity.objects.filter(person=person, kind=kind, key=key).delete()
