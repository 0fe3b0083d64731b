"""What the outbox holds, as the tests of events read it."""

import re

from django.conf import settings

from stakeholders.domain.writing import write_due
from stakeholders.models import OutgoingMail, Stakeholder


def kinds(person: Stakeholder) -> list[str]:
    """The mails to this person in order of posting."""
    return list(OutgoingMail.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def last_mail(person: Stakeholder) -> OutgoingMail:
    """Written, as it goes out."""
    write_due()
    return OutgoingMail.objects.filter(person=person).latest("pk")


def personal_path(mail: OutgoingMail) -> str:
    """The path of the personal link, as found in the text of the mail."""
    found = re.search(rf"^{re.escape(settings.SITE_URL)}(/(?:en/)?\w+/\d+\.\S+/)$", mail.text, re.MULTILINE)
    assert found, mail.text
    return found[1]


def calendar_of(mail: OutgoingMail) -> str:
    """The attached entry; empty without one."""
    found = [file["content"] for file in mail.attachments if file["content_type"].startswith("text/calendar")]
    return str(found[0]) if found else ""


def sequence_of(mail: OutgoingMail) -> int:
    found = re.search(r"SEQUENCE:(\d+)", calendar_of(mail))
    assert found, mail.text
    return int(found[1])
