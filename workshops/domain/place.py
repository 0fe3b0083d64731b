"""Who gets a place: whatever gives or frees one happens under the lock of the event's row, one after the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from stakeholders.domain.audit import entry
from stakeholders.domain.statement import execute, insertions
from stakeholders.domain.writing import outlined
from stakeholders.models import AuditEntry, Stakeholder
from workshops import mails, permissions
from workshops.models import Registration, Workshop
from workshops.verbs import WorkshopVerb

State = Registration.State


def lock(workshop: Workshop) -> Workshop:
    """The event as it is now, held until the transaction ends. Always the first lock, so that nothing can deadlock.

    Without the key, so that rows which merely point at the event (invitations) can be inserted meanwhile.
    """
    (locked,) = Workshop.objects.raw(LOCKING, [workshop.pk])
    return locked


LOCKING = f"SELECT * FROM {Workshop._meta.db_table} WHERE id = %s FOR NO KEY UPDATE"  # noqa: S608  (name of the table)


def _wait_for_disk() -> None:
    """Until everything committed so far is written: an empty message, with the option to wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_logical_emit_message(false, 'portal', '', true)")


def locked_registration(registration: Registration) -> Registration:
    """The row as it is now, under the lock of its event."""
    locked = lock(registration.workshop)
    current = Registration.objects.select_related("person", "organisation", "mandate").get(pk=registration.pk)
    current.workshop = locked
    return current


@dataclass(frozen=True)
class Free:
    """How many people still find a place of one kind: anybody at all, and anybody without a right to reserved places.

    None: no limit. Below zero where the capacity was lowered after registration.
    """

    entitled: int | None
    others: int | None

    def fits(self, registration: Registration) -> bool:
        left = self.entitled if registration.is_entitled else self.others
        return left is None or registration.seats <= left

    def without(self, registration: Registration) -> "Free":
        if self.entitled is None or self.others is None:
            return self
        left = self.entitled - registration.seats
        others = self.others if registration.is_entitled else self.others - registration.seats
        return Free(entitled=left, others=min(others, left))


@dataclass(frozen=True)
class Line:
    """How things stand at an event for one kind of place: the last number of arrival of the event, what is free, and
    whether anybody, and anybody entitled to reserved places, waits."""

    last_arrival: int
    free: Free
    is_waited_for: bool
    is_waited_for_by_entitled: bool

    def must_wait(self, registration: Registration) -> bool:
        """Whether somebody waits whom this registration must not pass."""
        return self.is_waited_for_by_entitled if registration.is_entitled else self.is_waited_for


def line_of(workshop: Workshop, kind: str, *, without: Registration | None = None) -> Line:
    """How things stand now, as if `without` held no place. Needs the lock. One statement, over indexes."""
    asked = _question(workshop, kind) | {"without": without.pk if without else None, "person": None}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {STANDING}", asked)  # noqa: S608  (a call with placeholders only)
        names = [column.name for column in cursor.description]
        return _line(workshop, kind, dict(zip(names, cursor.fetchone(), strict=True)))


STANDING = "workshops_standing(%(workshop)s, %(kind)s, %(is_limited)s, %(without)s, %(person)s)"
"""A function in the database, where its questions are planned once; its text stands in the migration 0021."""


def _question(workshop: Workshop, kind: str) -> dict[str, int | str | bool | None]:
    return {"workshop": workshop.pk, "kind": kind, "is_limited": workshop.capacity_of(kind) is not None}


def _line(workshop: Workshop, kind: str, told: Mapping[str, Any]) -> Line:
    capacity, free = workshop.capacity_of(kind), Free(None, None)
    if capacity is not None:
        left = capacity - told["everybody"]
        free = Free(entitled=left, others=min(left, capacity - workshop.reserved_of(kind) - told["others"]))
    return Line(told["last_arrival"], free, told["is_waited_for"], told["is_waited_for_by_entitled"])


@dataclass(frozen=True)
class Turn:
    """The event held for one person: how it stands there, the number of the row that a new registration becomes, and
    whether the person has ever been registered, or invited. Most have not, and nothing more is read of them."""

    workshop: Workshop
    line: Line
    number: int
    has_registration: bool
    has_invitation: bool


def turn_of(person: Stakeholder, *, workshop: Workshop, kind: str = "") -> Turn:
    """The lock of the event and all that registering has to know, where many come at once: in one trip, and the next
    gets the lock before the disk has written. Nobody is answered before it has.

    Who is next reads what is not yet safe, and can only become safe after it: the log is written in order. Without a
    `kind` of place it is the usual one.
    """
    transaction.on_commit(_wait_for_disk)
    asked = _question(workshop, kind or workshop.kinds[0])
    (locked,) = Workshop.objects.raw(TURN, asked | {"without": None, "person": person.pk})
    kind, told = kind or locked.kinds[0], vars(locked)
    line = _line(locked, kind, told) if _question(locked, kind) == asked else line_of(locked, kind)
    return Turn(locked, line, told["number"], told["has_registration"], told["has_invitation"])


TURN = f"""
    SELECT FROM {Workshop._meta.db_table} WHERE id = %(workshop)s FOR NO KEY UPDATE;
    SET LOCAL synchronous_commit = off;
    SELECT event.*, standing.*, nextval(pg_get_serial_sequence('{Registration._meta.db_table}', 'id')) AS number
    FROM {Workshop._meta.db_table} AS event, {STANDING} AS standing WHERE event.id = %(workshop)s
"""  # noqa: S608  (names of tables only)
"""A statement sees what was committed when it began: the lock has one of its own, the last begins when it is held."""


def free_places(workshop: Workshop, kind: str) -> Free:
    return line_of(workshop, kind).free


def served(queue: Iterable[Registration], free: Free) -> list[Registration]:
    """Who of a waiting list gets a place, strictly in order of arrival.

    Nobody passes anybody who waits for the same: the first who finds no place stops those behind. Only people entitled
    to reserved places pass those who are not.
    """
    found: list[Registration] = []
    for registration in queue:
        if free.fits(registration):
            found.append(registration)
            free = free.without(registration)
        elif registration.is_entitled:
            break
        else:
            free = replace(free, others=0)
        if free.entitled is not None and free.entitled <= 0:
            break
    return found


def is_next(registration: Registration) -> bool:
    """Whether a place that is free now would go to this registration of the waiting list. Needs the lock."""
    workshop, kind = registration.workshop, registration.kind
    return served(waiting_list(workshop, kind), free_places(workshop, kind))[:1] == [registration]


@transaction.atomic
def fill_places(*, workshop: Workshop, arriving: Registration | None = None) -> list[Registration]:
    """Let as many move up in order of arrival as there are free places, and tell them; not after the event began or
    after the moment until which people move up.

    Who is just `arriving` gets a place like the others, but at once and without a mail from here.
    """
    locked = lock(workshop)
    if not permissions.may_move_up(locked):
        return []
    moved = [row for kind in locked.kinds for row in served(waiting_list(locked, kind), free_places(locked, kind))]
    now = timezone.now()
    for registration in moved:
        give_place(registration, now, at_once=registration == arriving or locked.confirm_hours is None)
    Registration.objects.bulk_update(moved, ["state", "confirmed_at", "confirm_by"])
    told = [registration for registration in moved if registration != arriving]
    mail_of = {State.OFFERED: "registration_offered", State.CONFIRMED: "registration_moved_up"}
    outlines = (mails.outline(mail_of[State(row.state)], row) for row in told)
    execute([*insertions(_moved_up(row) for row in told), *outlined(outlines)])
    return moved


def _moved_up(row: Registration) -> AuditEntry:
    offered = row.state == State.OFFERED
    verb = WorkshopVerb.REGISTRATION_OFFERED if offered else WorkshopVerb.REGISTRATION_MOVED_UP
    return entry(verb, actor=None, target=row, facts={"person": row.person_id, "arrival": row.arrival})


def waiting_list(workshop: Workshop, kind: str) -> Iterable[Registration]:
    waiting = Registration.objects.filter(workshop=workshop, kind=kind).waiting()
    for registration in waiting.select_related("person").iterator(chunk_size=100):
        registration.workshop = workshop
        yield registration


def give_place(registration: Registration, now: datetime, *, at_once: bool) -> None:
    """A place that has to be confirmed is held until then, at the latest until people stop moving up."""
    workshop = registration.workshop
    if at_once:
        registration.state, registration.confirmed_at, registration.confirm_by = State.CONFIRMED, now, None
    else:
        until = now + timedelta(hours=workshop.confirm_hours or 0)
        registration.state, registration.confirm_by = State.OFFERED, min(until, workshop.moving_up_ends_at)
