"""Mails whose text is written behind the page: the row is there with the fact, its words follow in the background.

The app that knows the words registers a writer for its kind of mail. A writer reads the facts anew, so that what has
changed in between is told as it is, and what no longer holds is not told at all.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import TypeAlias

import structlog
from django.db import transaction
from django.utils import timezone

from stakeholders.domain.statement import Statement, execute, insertions
from stakeholders.mails import Message
from stakeholders.models import OutgoingMail, Stakeholder

State = OutgoingMail.State
Writer: TypeAlias = Callable[[Collection[OutgoingMail]], Mapping[int, Message]]
"""Of rows of one kind: the message for each row by its number. A row left out, or whose message has another key, tells
of something that is no longer so and is withdrawn."""

BATCH = 100
WRITTEN = ("state", "subject", "text", "html", "attachments", "headers", "last_error")
WRITERS: dict[str, Writer] = {}
log = structlog.get_logger()


@dataclass(frozen=True)
class Outline:
    """A mail without its words: `about` names the rows it tells of, by words its writer knows."""

    key: str
    kind: str
    person: Stakeholder
    about: dict[str, int] = field(default_factory=dict)


def add_writer(kinds: Iterable[str], writer: Writer) -> None:
    """Called once by each app when all apps are there."""
    for kind in kinds:
        WRITERS[kind] = writer


def post_outlines(outlines: Iterable[Outline], *, due_at: datetime | None = None) -> None:
    """Into the outbox in the transaction of the fact; a known key and a person without an address change nothing."""
    execute(outlined(outlines, due_at=due_at))


def outlined(outlines: Iterable[Outline], *, due_at: datetime | None = None) -> list[Statement]:
    """What `post_outlines` writes."""
    due = due_at or timezone.now()
    rows = (
        OutgoingMail(
            key=outline.key,
            kind=outline.kind,
            person=outline.person,
            recipient=outline.person.mail_address,
            about=outline.about,
            state=State.UNWRITTEN,
            due_at=due,
        )
        for outline in outlines
        if outline.person.mail_address
    )
    return insertions(rows, known_stay=True)


def write_due() -> int:
    """Write what is due, batch by batch; how many rows were settled. Several workers share the work, row by row."""
    written = 0
    while settled := write_batch():
        written += settled
    return written


@transaction.atomic
def write_batch() -> int:
    """The rows stay locked until their texts are stored; a worker that dies leaves them as they were."""
    due = OutgoingMail.objects.filter(state=State.UNWRITTEN, due_at__lte=timezone.now()).order_by("due_at", "pk")
    rows = list(due.select_for_update(of=("self",), skip_locked=True).select_related("person")[:BATCH])
    for kind, group in groupby(sorted(rows, key=_by_kind), key=_by_kind):
        _write(kind, list(group))
    # Faster than `bulk_update` by far; the rows are there and locked, so that none is inserted.
    OutgoingMail.objects.bulk_create(rows, update_conflicts=True, unique_fields=("id",), update_fields=WRITTEN)
    return len(rows)


def _by_kind(row: OutgoingMail) -> str:
    return row.kind


def _write(kind: str, rows: list[OutgoingMail]) -> None:
    """One text that cannot be written must not hold up the others: it is left to a human with the reason."""
    try:
        with transaction.atomic():
            messages = WRITERS[kind](rows)
    except Exception as fault:
        log.exception("mail not written", kind=kind, rows=len(rows))
        if len(rows) > 1:
            for row in rows:
                _write(kind, [row])
            return
        rows[0].state, rows[0].last_error = State.FAILED, f"{type(fault).__name__}: {fault}"[:500]
        return
    for row in rows:
        _fill(row, messages.get(row.pk))


def _fill(row: OutgoingMail, message: Message | None) -> None:
    if message is None or message.key != row.key:
        row.state = State.CANCELLED
        return
    row.state, row.subject, row.text, row.html = State.QUEUED, message.subject, message.text, message.html
    row.attachments = [vars(attachment) for attachment in message.attachments]
    row.headers = message.headers
