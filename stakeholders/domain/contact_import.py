"""Importing a list of contacts: uploaded, tried without writing anything, then taken over as a whole or thrown away.

WAITING -> READY -> CONFIRMED -> DONE; DISCARDED by hand or by time; FAILED when the file cannot be read. What takes
long (WAITING and CONFIRMED) is done by a worker that looks for such rows; the pages only change the state.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.contact_check import Outcome, Plan, plan_rows
from stakeholders.domain.contact_file import ContactRow, read_contacts
from stakeholders.domain.contact_write import write_plans
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.table_file import LARGEST_FILE, too_large
from stakeholders.models import ContactImport, Stakeholder
from stakeholders.verbs import StakeholderVerb

logger = logging.getLogger(__name__)

State = ContactImport.State

KEPT_FOR = timedelta(days=7)
"""How long a list that nobody confirms stands there with the names in it."""

PERSONAL = ("content", "rows", "outcomes")
"""The fields that name people."""

ATTEMPTS = 3

ONE_AT_A_TIME = 4_711_001
"""Number of the lock that lets only one list be written at a time."""


@transaction.atomic
def upload_contacts(
    *, content: bytes, file_name: str, source: str, legal_basis: str, actor: Stakeholder
) -> ContactImport:
    """Keep the file for the worker. Raises Refusal when it is empty or too large; what is in it is seen later."""
    if len(content) > LARGEST_FILE:
        raise Refusal(too_large(), "file")
    if not content:
        raise Refusal(_("Die Datei ist leer."), "file")
    row = ContactImport.objects.create(
        content=content, file_name=file_name[:200], source=source, legal_basis=legal_basis, created_by=actor
    )
    record(StakeholderVerb.CONTACTS_UPLOADED, actor=actor, target=row, label=_label(row))
    return row


@transaction.atomic
def confirm_import(*, contact_import: ContactImport, actor: Stakeholder) -> None:
    """The worker will write what the dry run announced. Confirming twice is harmless."""
    row = _locked(contact_import)
    if row.state in (State.CONFIRMED, State.DONE):
        return
    if row.state != State.READY:
        raise Refusal(_("Diese Liste lässt sich nicht mehr übernehmen. Bitte laden Sie die Datei noch einmal hoch."))
    if not written_rows(row.counts):
        raise Refusal(_("In dieser Liste ist nichts, was übernommen werden könnte."))
    row.state = State.CONFIRMED
    row.save(update_fields=["state"])
    facts: dict[str, object] = {outcome.value: row.counts[outcome.value] for outcome in Outcome}
    record(StakeholderVerb.CONTACTS_IMPORTED, actor=actor, target=row, label=_label(row), facts=facts)


@transaction.atomic
def discard_import(*, contact_import: ContactImport, actor: Stakeholder) -> None:
    """Throw the list away, and with it every name in it. Discarding twice is harmless."""
    row = _locked(contact_import)
    if row.state == State.DISCARDED:
        return
    if row.state in (State.CONFIRMED, State.DONE):
        raise Refusal(_("Diese Liste wird schon übernommen und lässt sich nicht mehr verwerfen."))
    _finish(row, State.DISCARDED)
    record(StakeholderVerb.CONTACTS_DISCARDED, actor=actor, target=row, label=_label(row))


def work_on_imports() -> int:
    """Check what waits and write what is confirmed; returns how many lists were worked on.

    Several workers share the work: a list that one of them holds is passed over by the others. One that provokes a
    fault of ours is marked as failed, so that it does not come back every few seconds.
    """
    worked = 0
    while (number := _work_on_one()) is not None:
        worked += 1
        cache.delete(_progress_key(number))
    return worked


def forget_old_imports() -> int:
    """Throw away what nobody confirmed for a week; returns how many. All others name nobody any more."""
    open_states = (State.WAITING, State.READY, State.CONFIRMED)
    old = ContactImport.objects.filter(state__in=open_states, created_at__lt=timezone.now() - KEPT_FOR)
    with transaction.atomic():
        rows = list(old.select_for_update(skip_locked=True, of=("self",), no_key=True).defer(*PERSONAL))
        for row in rows:
            _finish(row, State.DISCARDED)
            record(StakeholderVerb.CONTACTS_DISCARDED, actor=None, target=row, label=_label(row))
    return len(rows)


def progress_of(contact_import: ContactImport) -> int | None:
    """Rows worked on so far, while a worker is at it; None when it has not begun."""
    done: int | None = cache.get(_progress_key(contact_import.pk))
    return done


def written_rows(counts: dict[str, object]) -> int:
    """How many rows of a checked list would be written."""
    return sum(int(str(counts.get(outcome, 0))) for outcome in (Outcome.CREATED, Outcome.MATCHED))


def _work_on_one() -> int | None:
    """The number of the list that was worked on; None when there is none."""
    waiting = ContactImport.objects.filter(state__in=(State.WAITING, State.CONFIRMED)).order_by("pk")
    number: int | None = None
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                row = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
                if row is None:
                    return None
                number = row.pk
                with translation.override(_language(row)):
                    _check(row) if row.state == State.WAITING else _apply(row)
                return number
        except IntegrityError:
            # Somebody registered, or an organisation was founded, between the check and the writing: look again.
            logger.warning("Contact import %s met a new row and is checked again", number)
        except Exception:
            logger.exception("Contact import %s failed", number)
            break
    if number is not None:
        _fail(number)
    return number


def _check(row: ContactImport) -> None:
    try:
        found = read_contacts(bytes(row.content), progress=_progress(row))
    except Refusal as refusal:
        _finish(row, State.FAILED, trouble=refusal.sentence)
        return
    plans = plan_rows(found.rows, basis=row.legal_basis, progress=_progress(row), remarks=found.remarks)
    row.content = b""
    row.rows = [asdict(contact) for contact in found.rows]
    row.outcomes = [
        {"line": plan.line, "outcome": plan.outcome.value, "reasons": plan.reasons, "remarks": plan.remarks}
        for plan in plans
    ]
    row.counts = {**_counts(plans), "remarks": found.remarks}
    row.state = State.READY
    row.save(update_fields=["content", "rows", "outcomes", "counts", "state"])


def _apply(row: ContactImport) -> None:
    """Looks at every row anew, because days may lie between the dry run and the confirmation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    contacts = [ContactRow(**values) for values in row.rows]
    plans = plan_rows(contacts, basis=row.legal_basis, suggest=False, lock=True, progress=_progress(row))
    write_plans(plans, row)
    row.counts = {**row.counts, **_counts(plans)}
    _finish(row, State.DONE)


def _finish(row: ContactImport, state: State, trouble: str = "") -> None:
    """Whatever the end: nothing that names people stays."""
    row.state, row.trouble, row.finished_at = state, trouble[:500], timezone.now()
    row.content, row.rows, row.outcomes = b"", [], []
    row.save(update_fields=["state", "trouble", "finished_at", "counts", *PERSONAL])


def _fail(number: int) -> None:
    with transaction.atomic():
        row = ContactImport.objects.select_for_update(of=("self",), no_key=True).defer(*PERSONAL).get(pk=number)
        sentence = _(
            "Beim Verarbeiten ist ein Fehler aufgetreten; nichts wurde geschrieben. "
            "Bitte laden Sie die Datei noch einmal hoch."
        )
        _finish(row, State.FAILED, trouble=sentence)


def _counts(plans: list[Plan]) -> dict[str, object]:
    counted = Counter(plan.outcome.value for plan in plans)
    return {outcome.value: counted[outcome.value] for outcome in Outcome}


def _locked(contact_import: ContactImport) -> ContactImport:
    rows = ContactImport.objects.select_for_update(of=("self",), no_key=True).defer(*PERSONAL)
    return rows.get(pk=contact_import.pk)


def _label(row: ContactImport) -> str:
    """By number: the name of a file may name people, and the audit log forgets nothing."""
    return f"{ContactImport._meta.verbose_name} {row.pk}"


def _language(row: ContactImport) -> str:
    return row.created_by.language if row.created_by else settings.LANGUAGE_CODE


def _progress_key(number: int) -> str:
    return f"contact_import:{number}"


def _progress(row: ContactImport) -> Callable[[int], None]:
    """In the cache, because nobody else sees what a transaction has written before it ends."""
    return lambda done: cache.set(_progress_key(row.pk), done, 600)
