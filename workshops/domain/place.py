"""Who gets a place: whatever gives or frees one happens under the lock of the event's row, one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from stakeholders.domain.audit import entry
from stakeholders.domain.statement import execute, insertions
from stakeholders.domain.writing import outlined
from stakeholders.models import AuditEntry, Stakeholder
from workshops import mails, permissions
from workshops.models import Invitation, Registration, Workshop
from workshops.verbs import WorkshopVerb

State = Registration.State


def lock(workshop: Workshop) -> Workshop:
    """The event as it is now, held until the transaction ends. Always the first lock, so that nothing can deadlock.

    Without the key, so that rows which merely point at the event (invitations) can be inserted meanwhile.
    """
    return _locked(LOCKING, workshop)


def _locked(sql: str, workshop: Workshop) -> Workshop:
    (locked,) = Workshop.objects.raw(sql, [workshop.pk])
    return locked


LOCKING = f"SELECT * FROM {Workshop._meta.db_table} WHERE id = %s FOR NO KEY UPDATE"  # noqa: S608  (name of the table)


def lock_briefly(workshop: Workshop) -> Workshop:
    """The same where many come at once: the next gets the lock before the disk has written, but nobody is answered
    before it has.

    Who is next reads what is not yet safe, and can only become safe after it: the log is written in order.
    """
    transaction.on_commit(_wait_for_disk)
    return _locked(f"SET LOCAL synchronous_commit = off; {LOCKING}", workshop)


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
    """How things stand at an event for one kind of place: the last number of arrival of the event, what is free,
    whether anybody, and anybody entitled to reserved places, waits; and whether the person who comes has ever been
    registered, or invited: most have not, and nothing more is read of them."""

    last_arrival: int
    free: Free
    is_waited_for: bool
    is_waited_for_by_entitled: bool
    has_registration: bool
    has_invitation: bool

    def must_wait(self, registration: Registration) -> bool:
        """Whether somebody waits whom this registration must not pass."""
        return self.is_waited_for_by_entitled if registration.is_entitled else self.is_waited_for


def line_of(
    workshop: Workshop, kind: str, *, person: Stakeholder | None = None, without: Registration | None = None
) -> Line:
    """How things stand now for `person`, as if `without` held no place. Needs the lock. One statement, over indexes."""
    capacity = workshop.capacity_of(kind)
    values: dict[str, int | str | bool | None] = {
        "workshop": workshop.pk,
        "kind": kind,
        "person": person.pk if person else None,
        "without": without.pk if without else None,
        "is_limited": capacity is not None,
    }
    with connection.cursor() as cursor:
        cursor.execute(STANDING, values)
        last_arrival, everybody, others, *known = cursor.fetchone()
    if capacity is None:
        return Line(last_arrival, Free(None, None), *known)
    left = capacity - everybody
    free = Free(entitled=left, others=min(left, capacity - workshop.reserved_of(kind) - others))
    return Line(last_arrival, free, *known)


STANDING = f"""
    WITH waiting AS NOT MATERIALIZED (
        SELECT is_entitled FROM {Registration._meta.db_table}
        WHERE workshop_id = %(workshop)s AND kind = %(kind)s AND state = 'waiting'
    )
    SELECT
        (SELECT COALESCE(MAX(arrival), 0) FROM {Registration._meta.db_table} WHERE workshop_id = %(workshop)s),
        COALESCE(SUM(companions + 1), 0),
        COALESCE(SUM(companions + 1) FILTER (WHERE NOT is_entitled), 0),
        EXISTS (SELECT FROM waiting),
        EXISTS (SELECT FROM waiting WHERE is_entitled),
        EXISTS (SELECT FROM {Registration._meta.db_table} WHERE workshop_id = %(workshop)s AND person_id = %(person)s),
        EXISTS (SELECT FROM {Invitation._meta.db_table} WHERE workshop_id = %(workshop)s AND person_id = %(person)s)
    FROM {Registration._meta.db_table}
    WHERE workshop_id = %(workshop)s AND kind = %(kind)s AND state IN ('confirmed', 'offered')
        AND id IS DISTINCT FROM %(without)s AND %(is_limited)s
"""  # noqa: S608  (names of tables only)
"""What is taken is not asked where there is no limit."""


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
