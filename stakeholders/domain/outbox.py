from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from stakeholders.mails import Message
from stakeholders.models import OutgoingMail


def post(message: Message, *, due_at: datetime | None = None, draft: bool = False) -> None:
    """Put a message into the outbox, in the transaction of the fact it tells; a known key changes nothing."""
    post_many([message], due_at=due_at, draft=draft)


def post_many(messages: Iterable[Message], *, due_at: datetime | None = None, draft: bool = False) -> None:
    due = due_at or timezone.now()
    state = OutgoingMail.State.DRAFT if draft else OutgoingMail.State.QUEUED
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
    ]
    OutgoingMail.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
