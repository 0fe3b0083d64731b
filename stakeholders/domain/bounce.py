"""Messages that come back: an address that nobody has is marked, and nothing but mails about the account goes there.

Only a report that names the Message-ID of one of our messages, which nobody can compute without our secret, and the
address it went to, changes anything: reports can be forged by anybody who knows an address.
"""

from collections.abc import Iterable
from enum import StrEnum

import structlog
from django.db import transaction
from django.utils import timezone

from stakeholders.domain.audit import record
from stakeholders.domain.delivery_report import Report, names_the_address
from stakeholders.domain.mime import bare_address
from stakeholders.models import OutgoingMail, Stakeholder
from stakeholders.verbs import StakeholderVerb

LONGEST = 300
log = structlog.get_logger()


class Outcome(StrEnum):
    MARKED = "marked"
    """The address exists no more."""
    NOTED = "noted"
    """It stands at the message; the address is left as it is."""
    UNKNOWN = "unknown"
    """No message of ours; nothing changed."""


def note_reports(reports: Iterable[Report]) -> dict[str, int]:
    """How many had which outcome. Reading the same report again changes nothing."""
    counted = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    for report in reports:
        outcome = note_report(report)
        counted[outcome.value] += 1
        log.info("delivery report", outcome=outcome.value, status=report.status, action=report.action)
    return counted


@transaction.atomic
def note_report(report: Report) -> Outcome:
    known = OutgoingMail.objects.select_for_update(of=("self",)).exclude(message_hash="")
    mail = known.filter(message_hash__in=report.hashes).order_by("pk").first()
    if mail is None:
        return Outcome.UNKNOWN
    named = _own_address(mail) in report.recipients
    mail.last_error = f"{report.status} {report.words}".strip()
    if report.is_permanent and mail.bounced_at is None:
        mail.bounced_at = timezone.now()
    mail.save(update_fields=["last_error", "bounced_at"])
    if named and report.is_about_the_address and mark_address(mail=mail, status=report.status, words=mail.last_error):
        return Outcome.MARKED
    return Outcome.NOTED


def note_refusal(*, mail: OutgoingMail, words: str, status: str) -> None:
    """The mail server itself said at once that nobody has the address."""
    if names_the_address(status):
        OutgoingMail.objects.filter(pk=mail.pk, bounced_at__isnull=True).update(bounced_at=timezone.now())
        mark_address(mail=mail, status=status, words=words)


@transaction.atomic
def mark_address(*, mail: OutgoingMail, status: str, words: str) -> bool:
    """Whether it is marked now; not when the person has another address meanwhile. Marking twice is harmless."""
    if mail.person_id is None:
        return False
    same = Stakeholder.objects.filter(pk=mail.person_id, email__iexact=mail.recipient)
    if not same.exists():
        return False
    fresh = same.filter(mail_bounced_at__isnull=True)
    if fresh.update(mail_bounced_at=timezone.now(), mail_bounce_words=words[:LONGEST]):
        record(StakeholderVerb.ADDRESS_BOUNCED, actor=None, target=mail.person, facts={"status": status})
    return True


@transaction.atomic
def confirm_address(*, person: Stakeholder, actor: Stakeholder) -> bool:
    """The person, or the office that asked them, says that the address is right; False when it was not marked."""
    marked = Stakeholder.objects.filter(pk=person.pk, mail_bounced_at__isnull=False)
    if not marked.update(mail_bounced_at=None, mail_bounce_words=""):
        return False
    record(StakeholderVerb.ADDRESS_CONFIRMED, actor=actor, target=person)
    return True


def is_undeliverable(mail: OutgoingMail) -> bool:
    """Whether it would go to a marked address. Mails about the account always go out: somebody waits for the code."""
    person = mail.person
    if person is None or person.mail_bounced_at is None or mail.is_confidential:
        return False
    return mail.recipient.lower() == (person.email or "").lower()


def _own_address(mail: OutgoingMail) -> str:
    try:
        return bare_address(mail.recipient).lower()
    except ValueError:
        return mail.recipient.lower()
