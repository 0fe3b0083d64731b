"""Mails of reminders and messages: outlined when they are due, written in the background with what holds then.

A text of the project office may name `{name}`, `{titel}`, `{termin}`, `{ort}` and `{link}`; without one there is a
standard text for each audience.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.writing import Outline
from stakeholders.mails import Message, render_message
from stakeholders.models import OutgoingMail
from workshops.domain.audience import recipients
from workshops.mails import Row, personal_link
from workshops.models import Invitation, Registration, Reminder, Workshop

REMINDER, MESSAGE = "reminder", "event_message"
KINDS = (REMINDER, MESSAGE)
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NAMES = ("name", "titel", "termin", "ort", "link")


def check_placeholders(text: str, field: str) -> None:
    """Raises Refusal for what would stay as it is in the mail."""
    for name in PLACEHOLDER.findall(text):
        if name not in NAMES:
            allowed = ", ".join(f"{{{known}}}" for known in NAMES)
            raise Refusal(
                _("Den Platzhalter {%(name)s} gibt es nicht. Möglich sind %(allowed)s.")
                % {"name": name, "allowed": allowed},
                field=field,
            )


def kind_of(reminder: Reminder) -> str:
    return MESSAGE if reminder.anchor == Reminder.Anchor.AT_ONCE else REMINDER


def key_stem(reminder: Reminder) -> str:
    return f"{kind_of(reminder)}:{reminder.pk}:"


def outline(reminder: Reminder, row: Row) -> Outline:
    """The key names the moment: an event that moves is a new fact to remind of."""
    about = {"reminder": reminder.pk, "invitation" if isinstance(row, Invitation) else "registration": row.pk}
    key = f"{key_stem(reminder)}{reminder.anchored_at:%Y%m%d%H%M%S}:{row.person_id}"
    return Outline(key=key, kind=kind_of(reminder), person=row.person, about=about)


def message(reminder: Reminder, row: Row, key: str = "") -> Message:
    """Needs `row.person` and `row.workshop`."""
    name = f"reminder_{reminder.audience}" if not reminder.text else MESSAGE
    with translation.override(row.person.language):
        link = personal_link(row)
        return render_message(
            f"workshops/{name}",
            key=key or outline(reminder, row).key,
            kind=kind_of(reminder),
            person=row.person,
            context={
                "workshop": row.workshop,
                "row": row,
                "link": link,
                "subject": filled(reminder.subject, row, link),
                "words": filled(reminder.text, row, link),
            },
        )


def filled(text: str, row: Row, link: str) -> str:
    workshop = row.workshop
    values = {
        "name": str(row.person),
        "titel": str(workshop),
        "termin": workshop.period,
        "ort": workshop.location or _("online"),
        "link": link,
    }
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def write(mails: Collection[OutgoingMail]) -> dict[int, Message]:
    """What is no longer due, and who no longer belongs to the audience, is left out."""
    reminders = {
        row.pk: row
        for row in Reminder.objects.filter(pk__in={mail.about.get("reminder") for mail in mails}).select_related(
            "workshop"
        )
    }
    now = timezone.now()
    found: dict[int, Message] = {}
    for number, reminder in reminders.items():
        own = [mail for mail in mails if mail.about.get("reminder") == number]
        if _still_holds(reminder) and reminder.is_due(now):
            rows = _rows_of(reminder, own)
            found |= {mail.pk: message(reminder, rows[pk], mail.key) for mail in own if (pk := _row_of(mail)) in rows}
    return found


def _still_holds(reminder: Reminder) -> bool:
    """A message was sent on purpose, whatever becomes of the event."""
    return reminder.anchor == Reminder.Anchor.AT_ONCE or reminder.workshop.state == Workshop.State.PUBLISHED


def _row_of(mail: OutgoingMail) -> int:
    return mail.about.get("invitation") or mail.about.get("registration") or 0


def _rows_of(reminder: Reminder, mails: Collection[OutgoingMail]) -> Mapping[int, Any]:
    rows: list[Registration | Invitation] = list(recipients(reminder).filter(pk__in=[_row_of(mail) for mail in mails]))
    return {row.pk: row for row in rows}
