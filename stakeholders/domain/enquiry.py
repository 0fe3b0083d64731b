"""Conversations with the project office, from the contact page until somebody closes them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.enquiry_links import link_to
from stakeholders.mails import enquiry_answered, enquiry_received
from stakeholders.models import Enquiry, EnquiryMessage, Stakeholder
from stakeholders.permissions import is_project_office
from stakeholders.verbs import StakeholderVerb

State = Enquiry.State
TEXT_LENGTH = 5000
DOUBLE_SUBMIT = timedelta(minutes=10)
"""The same text within this time is a second click and no second message."""

LONGEST_THREAD = 200
"""Messages of one enquiry; who needs more is better served by a new one or a call."""


@dataclass(frozen=True)
class Question:
    """What somebody asks on the contact page; the texts are clean."""

    topic: str
    name: str
    email: str
    subject: str
    text: str
    language: str = "de"


@transaction.atomic
def ask(*, question: Question, person: Stakeholder | None) -> Enquiry:
    """A new conversation; whoever asks gets a mail with the link to it."""
    _check_text(question.text)
    twin = Enquiry.objects.filter(
        email=question.email,
        person=person,
        subject=question.subject,
        messages__text=question.text,
        created_at__gt=timezone.now() - DOUBLE_SUBMIT,
    ).first()
    if twin:
        return twin
    enquiry = Enquiry.objects.create(
        topic=question.topic,
        person=person,
        name=question.name,
        email=question.email,
        language=question.language,
        subject=question.subject,
    )
    EnquiryMessage.objects.create(enquiry=enquiry, author=person, text=question.text)
    post(enquiry_received(enquiry, link_to(enquiry)))
    return enquiry


@transaction.atomic
def write(*, enquiry: Enquiry, text: str, person: Stakeholder | None = None) -> Enquiry:
    """Whoever asks adds something: the enquiry waits for the office again, also if it was closed."""
    _check_text(text)
    row = _locked(enquiry)
    newest = row.messages.last()
    if newest and not newest.by_office and newest.text == text and newest.at > timezone.now() - DOUBLE_SUBMIT:
        return row
    if row.messages.count() >= LONGEST_THREAD:
        raise Refusal(_("Dieser Verlauf ist sehr lang geworden. Bitte stellen Sie eine neue Anfrage."), "text")
    EnquiryMessage.objects.create(enquiry=row, author=person, text=text)
    return _move(row, State.OPEN)


@transaction.atomic
def answer(*, enquiry: Enquiry, text: str, actor: Stakeholder, seen: int) -> Enquiry:
    """The office answers what was on the screen: `seen` is the number of messages there.

    Raises StaleSave when somebody, of either side, has written since.
    """
    _check_office(actor)
    _check_text(text)
    row = _locked(enquiry)
    check_thread(row, seen)
    message = EnquiryMessage.objects.create(enquiry=row, author=actor, by_office=True, text=text)
    record(StakeholderVerb.ENQUIRY_ANSWERED, actor=actor, target=row, label=name_of(row))
    post(enquiry_answered(row, message, link_to(row)))
    return _move(row, State.ANSWERED)


@transaction.atomic
def close(*, enquiry: Enquiry, actor: Stakeholder, seen: int) -> Enquiry:
    """Nothing is left to do; whoever asked is not written to, and may write again. Closing twice is harmless."""
    _check_office(actor)
    row = _locked(enquiry)
    if row.state == State.CLOSED:
        return row
    check_thread(row, seen)
    record(StakeholderVerb.ENQUIRY_CLOSED, actor=actor, target=row, label=name_of(row))
    return _move(row, State.CLOSED)


def check_thread(enquiry: Enquiry, seen: int) -> None:
    if enquiry.messages.count() != seen:
        raise StaleSave(
            _(
                "In dieser Anfrage wurde inzwischen etwas geschrieben. Bitte lesen Sie den Verlauf und senden Sie Ihre "
                "Antwort dann noch einmal; sie steht noch im Feld."
            )
        )


def name_of(enquiry: Enquiry) -> str:
    """For the audit log, which must not repeat what somebody wrote."""
    return f"{Enquiry._meta.verbose_name} {enquiry.pk}"


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refusal(_("Bitte schreiben Sie eine Nachricht."), "text")


def _check_office(actor: Stakeholder) -> None:
    if not is_project_office(actor):
        raise Refusal(_("Anfragen beantwortet das Projektbüro."))


def _locked(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)


def _move(enquiry: Enquiry, state: str) -> Enquiry:
    enquiry.state = state
    enquiry.save(update_fields=["state", "changed_at"])
    return enquiry
