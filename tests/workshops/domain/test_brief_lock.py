"""Registering lets go of the event before the disk has written, and answers after it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stakeholders.domain.refusal import Refusal
from tests.factories.stakeholders import StakeholderFactory
from tests.factories.workshops import WorkshopFactory
from workshops.domain.registration import register
from workshops.models import Registration, Workshop

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "pg_logical_emit_message"


def asked(workshop: Workshop) -> list[str]:
    person = StakeholderFactory.create()
    with CaptureQueriesContext(connection) as queries:
        register(workshop=workshop, person=person, actor=person)
    return [query["sql"] for query in queries]


def test_nobody_is_answered_before_the_disk_has_written() -> None:
    *_before, commit, waiting = asked(WorkshopFactory.create())
    assert commit == "COMMIT"
    assert WAITING in waiting


def test_only_the_one_transaction_does_not_wait_itself() -> None:
    asked(WorkshopFactory.create())
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        after = cursor.fetchone()
        cursor.execute("RESET synchronous_commit; SHOW synchronous_commit")
        assert after == cursor.fetchone()


def test_waiting_ends_when_all_that_was_committed_is_written() -> None:
    seen: list[bool] = []

    def watch(run: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if WAITING not in sql:
            return run(sql, params, many, context)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            (committed,) = cursor.fetchone()
            found = run(sql, params, many, context)
            cursor.execute("SELECT pg_current_wal_flush_lsn() >= %s::pg_lsn", [committed])
            seen.extend(cursor.fetchone())
        return found

    with connection.execute_wrapper(watch):
        asked(WorkshopFactory.create())
    assert seen == [True]


def test_whoever_is_refused_waits_for_no_disk() -> None:
    workshop = WorkshopFactory.create(state=Workshop.State.CANCELLED)
    person = StakeholderFactory.create()
    with CaptureQueriesContext(connection) as queries, pytest.raises(Refusal):
        register(workshop=workshop, person=person, actor=person)
    assert not any(WAITING in query["sql"] for query in queries)
    assert not Registration.objects.exists()


def test_one_trip_holds_the_event_and_one_writes_all() -> None:
    workshop = WorkshopFactory.create()
    asked(workshop)
    begin, held, written, _commit, _waiting = asked(workshop)
    assert begin == "BEGIN"
    assert "FOR NO KEY UPDATE" in held
    assert written.count("INSERT INTO") == 4


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ({"capacity": None}, {"capacity": 0}, "waiting"),
        ({"capacity": 0}, {"capacity": None}, "confirmed"),
        ({"mode": "online", "capacity": 0}, {"mode": "on_site", "capacity": 1}, "confirmed"),
    ],
)
def test_the_event_counts_as_it_is_and_not_as_the_page_read_it(
    before: dict[str, Any], after: dict[str, Any], state: str
) -> None:
    person, workshop = StakeholderFactory.create(), WorkshopFactory.create(**before)
    Workshop.objects.filter(pk=workshop.pk).update(**after)
    row = register(workshop=workshop, person=person, actor=person)
    assert row.state == state
    assert row.kind == row.workshop.kinds[0]
