from typing import Any

from stakeholders.domain.outbox import post, post_many
from stakeholders.mails import Message
from stakeholders.models import OutgoingMail


def message(number: int = 1, **changes: Any) -> Message:
    values: dict[str, Any] = {
        "key": f"invitation:{number}",
        "kind": "invitation",
        "recipient": f"guest{number}@example.org",
        "subject": f"Einladung {number}",
        "text": "Guten Tag,\n\nSie sind eingeladen.\n",
    }
    return Message(**{**values, **changes})


def posted(number: int = 1, **changes: Any) -> OutgoingMail:
    """A row that is due; `changes` are put on the message."""
    post(message(number, **changes))
    return OutgoingMail.objects.get(key=changes.get("key", f"invitation:{number}"))


def posted_many(count: int) -> None:
    post_many(message(number) for number in range(1, count + 1))
