"""Putting messages into the outbox, and what the project office may decide about them there."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.mails import Message
from stakeholders.models import OutgoingMail, Stakeholder
from stakeholders.verbs import StakeholderVerb

State = OutgoingMail.State


def post(message: Message, *, due_at: datetime | None = None, draft: bool = False) -> None:
    """Put a message into the outbox, in the transaction of the fact it tells; a known key changes nothing."""
    post_many([message], due_at=due_at, draft=draft)


def post_many(messages: Iterable[Message], *, due_at: datetime | None = None, draft: bool = False) -> None:
    due = due_at or timezone.now()
    state = State.DRAFT if draft else State.QUEUED
    rows = [
        OutgoingMail(
            key=message.key,
            kind=message.kind,
            person=message.person,
            recipient=message.recipient,
            subject=message.subject,
            text=message.text,
            html=message.html,
            attachments=[vars(attachment) for attachment in message.attachments],
            headers=message.headers,
            state=state,
            due_at=due,
        )
        for message in messages
        if message.recipient
    ]
    OutgoingMail.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


@transaction.atomic
def requeue(*, mail: OutgoingMail, actor: Stakeholder) -> None:
    """Try again from the first attempt on. A message of unknown fate may arrive twice: that is what a human decides."""
    row = _locked(mail)
    if row.state in (State.QUEUED, State.UNWRITTEN):
        return
    _refuse_unless_stuck(row, _("Nur fehlgeschlagene oder unterbrochene Nachrichten lassen sich erneut einreihen."))
    state = State.QUEUED if row.text else State.UNWRITTEN
    _change(row, StakeholderVerb.MAIL_REQUEUED, actor, state=state, due_at=timezone.now(), attempts=0)


@transaction.atomic
def mark_sent(*, mail: OutgoingMail, actor: Stakeholder) -> None:
    """The message is known to have arrived, or the recipient was told in another way."""
    row = _locked(mail)
    if row.state == State.SENT:
        return
    _refuse_unless_stuck(
        row, _("Nur fehlgeschlagene oder unterbrochene Nachrichten lassen sich als gesendet vermerken.")
    )
    _change(row, StakeholderVerb.MAIL_MARKED_SENT, actor, state=State.SENT, sent_at=timezone.now())


@transaction.atomic
def withdraw(*, mail: OutgoingMail, actor: Stakeholder) -> None:
    """The message will not be sent; its key stays taken, so that the same fact does not post it again."""
    row = _locked(mail)
    if row.state == State.CANCELLED:
        return
    if row.state not in (State.DRAFT, State.UNWRITTEN, State.QUEUED, State.FAILED):
        raise Refusal(_("Zurückziehen lassen sich nur Entwürfe, wartende und fehlgeschlagene Nachrichten."))
    _change(row, StakeholderVerb.MAIL_WITHDRAWN, actor, state=State.CANCELLED)


@transaction.atomic
def release(*, mail: OutgoingMail, actor: Stakeholder) -> None:
    """A draft goes out; one that was to go out later keeps its time."""
    row = _locked(mail)
    if row.state == State.QUEUED:
        return
    if row.state != State.DRAFT:
        raise Refusal(_("Freigeben lassen sich nur Entwürfe."))
    _change(row, StakeholderVerb.MAIL_RELEASED, actor, state=State.QUEUED)


def _locked(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)


def _refuse_unless_stuck(row: OutgoingMail, sentence: str) -> None:
    if row.in_flight:
        raise Refusal(_("Diese Nachricht wird gerade übergeben. Bitte sehen Sie in fünf Minuten noch einmal nach."))
    if row.state not in (State.FAILED, State.SENDING):
        raise Refusal(sentence)


def _change(row: OutgoingMail, verb: models.TextChoices, actor: Stakeholder, **changes: object) -> None:
    record(verb, actor=actor, target=row, facts={"from": row.state, "to": str(changes["state"])})
    OutgoingMail.objects.filter(pk=row.pk).update(claim=None, claimed_until=None, **changes)
