"""Draining the outbox: claim a batch, hand each message over outside of any transaction, note what came of it.

Every change of a row is one conditional UPDATE that names the state and the claim it expects. Whoever comes too late
changes nothing, so several workers may drain at once and a killed one leaves at most one row in SENDING.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.bounce import is_undeliverable, note_refusal
from stakeholders.domain.delivery_report import status_in
from stakeholders.domain.mime import DEFECTS, as_mime, bare_address, message_hash
from stakeholders.domain.transport import (
    HANDOVER_SECONDS,
    Letter,
    PermanentError,
    TemporaryError,
    Transport,
    UncertainError,
    UnreachableError,
    transport_for,
)
from stakeholders.models import OutgoingMail
from stakeholders.models.outgoing_mail import OutgoingMailQuerySet

PAUSES_MINUTES = (1, 5, 15, 60, 240, 720)
"""Wait after the first, second … failed attempt; after the last one a human decides."""

State = OutgoingMail.State
log = structlog.get_logger()


@dataclass
class Claim:
    """The rows one worker holds."""

    id: UUID
    rows: list[int]
    until: datetime


def deliver_due(*, seconds: float = 30.0) -> int:
    """Hand over what is due, batch by batch, until nothing is left, the time is up or the mail server is out of reach.

    Returns how many messages went out. Must not be called inside a transaction.
    """
    limit = time.monotonic() + seconds
    handover = Handover(transport_for(settings.EMAIL_URL))
    try:
        release_expired_claims()
        while time.monotonic() < limit:
            claim = claim_due()
            if not claim.rows:
                break
            deliver_claim(claim, handover, limit)
    except UnreachableError as fault:
        log.warning("mail server out of reach", answer=str(fault))
    finally:
        handover.transport.close()
    return handover.sent


def release_expired_claims() -> int:
    """Nothing was sent for a row that is only claimed, so the claims of dead workers fall back without a human."""
    return OutgoingMail.objects.filter(state=State.CLAIMED, claimed_until__lte=timezone.now()).update(
        state=State.QUEUED, claim=None, claimed_until=None
    )


@transaction.atomic(durable=True)
def claim_due() -> Claim:
    now = timezone.now()
    due = OutgoingMail.objects.filter(state=State.QUEUED, due_at__lte=now).order_by("due_at", "pk")
    rows = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[: settings.OUTBOX_BATCH])
    claim = Claim(id=uuid4(), rows=rows, until=now + _lease())
    OutgoingMail.objects.filter(pk__in=rows).update(state=State.CLAIMED, claim=claim.id, claimed_until=claim.until)
    return claim


def deliver_claim(claim: Claim, handover: "Handover", limit: float) -> None:
    """What the time limit leaves goes back; UnreachableError postpones it."""
    try:
        # Read at once: whatever becomes of a row meanwhile, only one that is still claimed begins.
        for mail in _claimed(claim).select_related("person").order_by("due_at", "pk"):
            if time.monotonic() >= limit:
                _claimed(claim).update(state=State.QUEUED, claim=None, claimed_until=None)
                break
            _renew(claim)
            try:
                handover.transport.ready()
            except UnreachableError as fault:
                _postpone_claim(claim, str(fault))
                raise
            handover.deliver(mail)
    finally:
        handover.note_taken()


@dataclass
class Handover:
    """One message after the other. That the server has `taken` one is noted with the beginning of the next, in the same
    statement, so that never two rows are in SENDING."""

    transport: Transport
    taken: OutgoingMail | None = None
    sent: int = 0

    def deliver(self, mail: OutgoingMail) -> None:
        if is_undeliverable(mail):
            _note(mail, State.CLAIMED, state=State.CANCELLED, last_error=_undeliverable())
            return
        try:
            letter = _letter(mail)
        except DEFECTS as defect:
            words = _("Die Nachricht lässt sich nicht zusammensetzen: %(reason)s") % {"reason": defect}
            _note(mail, State.CLAIMED, state=State.FAILED, last_error=words)
            return
        if not self.begin(mail):
            return
        try:
            self.transport.send(letter)
        except TemporaryError as fault:
            _note(mail, State.SENDING, **_after_failure(mail.attempts, str(fault)))
        except PermanentError as fault:
            _note(mail, State.SENDING, state=State.FAILED, last_error=str(fault))
            note_refusal(mail=mail, words=str(fault), status=status_in(str(fault)))
        except UncertainError as fault:
            _note(mail, State.SENDING, state=State.SENDING, last_error=_uncertain(fault))
        else:
            self.taken = mail
            self.sent += 1

    def begin(self, mail: OutgoingMail) -> bool:
        """CLAIMED -> SENDING, committed before the first byte goes out; False when the claim was lost meanwhile."""
        now = timezone.now()
        mail.attempts += 1
        values = {
            "pk": mail.pk,
            "claim": mail.claim,
            "now": now,
            "attempts": mail.attempts,
            "until": now + timedelta(seconds=HANDOVER_SECONDS),
            "hash": message_hash(mail),
        }
        with connection.cursor() as cursor:
            cursor.execute(NEXT, self._taken_values(now) | values)
            noted, begun = cursor.fetchone()
        self._log_taken(noted)
        return bool(begun)

    def note_taken(self) -> None:
        """Without waiting for the disk: should the database lose it, the row is left in SENDING, and a human looks."""
        if self.taken is None:
            return
        with connection.cursor() as cursor:
            cursor.execute(LAST, self._taken_values(timezone.now()))
            (noted,) = cursor.fetchone()
        self._log_taken(noted)

    def _taken_values(self, now: datetime) -> dict[str, Any]:
        mail = self.taken
        return {"taken": mail and mail.pk, "taken_claim": mail and mail.claim, "now": now}

    def _log_taken(self, noted: bool) -> None:
        if self.taken is not None:
            _log(self.taken, State.SENT, noted)
        self.taken = None


TAKEN = f"""
    taken AS (
        UPDATE {OutgoingMail._meta.db_table}
        SET state = 'sent', sent_at = %(now)s, last_error = '', claim = NULL, claimed_until = NULL
        WHERE id = %(taken)s AND state = 'sending' AND claim = %(taken_claim)s
        RETURNING id
    )
"""  # noqa: S608  (name of the table)
NEXT = f"""
    WITH {TAKEN}, begun AS (
        UPDATE {OutgoingMail._meta.db_table}
        SET state = 'sending', attempts = %(attempts)s, claimed_until = %(until)s, message_hash = %(hash)s
        WHERE id = %(pk)s AND state = 'claimed' AND claim = %(claim)s AND claimed_until > %(now)s
        RETURNING id
    )
    SELECT EXISTS (SELECT FROM taken), EXISTS (SELECT FROM begun)
"""  # noqa: S608  (name of the table)
LAST = f"""
    SELECT set_config('synchronous_commit', 'off', true);
    WITH {TAKEN} SELECT EXISTS (SELECT FROM taken)
"""  # noqa: S608  (name of the table)
"""As plain SQL, because this runs once for each mail there is."""


def _note(mail: OutgoingMail, expected: State, **changes: object) -> None:
    changed = OutgoingMail.objects.filter(pk=mail.pk, state=expected, claim=mail.claim).update(
        **{"claim": None, "claimed_until": None, **changes}
    )
    _log(mail, str(changes["state"]), bool(changed))


def _log(mail: OutgoingMail, state: str, noted: bool) -> None:
    """Neither address nor subject: logs are read by more people than mails are."""
    log.info("mail", id=mail.pk, kind=mail.kind, attempt=mail.attempts, state=state, noted=noted)


def _after_failure(attempts: int, words: str) -> dict[str, object]:
    if attempts > len(PAUSES_MINUTES):
        return {"state": State.FAILED, "attempts": attempts, "last_error": words}
    due_at = timezone.now() + timedelta(minutes=PAUSES_MINUTES[attempts - 1])
    return {"state": State.QUEUED, "attempts": attempts, "last_error": words, "due_at": due_at}


def _postpone_claim(claim: Claim, words: str) -> None:
    """A server out of reach costs every claimed row one attempt; at most one UPDATE per number of attempts so far."""
    for attempts in set(_claimed(claim).order_by().values_list("attempts", flat=True)):
        changes = _after_failure(attempts + 1, words)
        _claimed(claim).filter(attempts=attempts).update(**{"claim": None, "claimed_until": None, **changes})


def _claimed(claim: Claim) -> OutgoingMailQuerySet:
    return OutgoingMail.objects.filter(state=State.CLAIMED, claim=claim.id)


def _renew(claim: Claim) -> None:
    """A slow mail server must not cost the claim: prolong it when half of the time is gone."""
    now = timezone.now()
    if claim.until - now < _lease() / 2:
        claim.until = now + _lease()
        _claimed(claim).update(claimed_until=claim.until)


def _lease() -> timedelta:
    return timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


def _letter(mail: OutgoingMail) -> Letter:
    return Letter(
        name=f"{mail.created_at:%Y%m%dT%H%M%S}-{mail.pk:06d}",
        sender=bare_address(settings.DEFAULT_FROM_EMAIL),
        recipient=bare_address(mail.recipient),
        message=as_mime(mail),
    )


def _uncertain(fault: UncertainError) -> str:
    sentence = _(
        "Die Verbindung brach ab, nachdem der Text übergeben war und bevor der Mailserver antwortete. "
        "Bitte klären Sie, ob die Nachricht ankam."
    )
    return f"{sentence} ({fault})"


def _undeliverable() -> str:
    return _(
        "Nicht versandt: Die Adresse ist als unzustellbar gemeldet. Sobald die Person oder das Projektbüro sie "
        "bestätigt oder ändert, gehen neue Nachrichten wieder hinaus."
    )
