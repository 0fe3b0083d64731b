"""Somebody invited names who shall come in their place. The place stays theirs until the deputy accepts."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stakeholders.domain.activity import Kind, note_activities, subject
from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post
from stakeholders.domain.recording import record_named_person
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.writing import post_outlines
from stakeholders.models import Stakeholder
from workshops import mails
from workshops.domain.place import lock
from workshops.domain.registration import check_registration
from workshops.models import Invitation, Registration, Workshop
from workshops.verbs import WorkshopVerb

Answer = Invitation.Answer
MOST_NAMED = 5
"""So many people may be named for one invitation, one after the other: nobody shall write to the world with it."""


@dataclass(frozen=True)
class Deputy:
    first_name: str
    last_name: str
    email: str


@transaction.atomic
def name_deputy(*, invitation: Invitation, deputy: Deputy) -> Invitation:
    """Invite the deputy in person; whoever is not known yet becomes a person as the project office records one, and who
    stands in a draft of the office is invited now instead.

    Only while registration is open, one at a time, and not for a deputy, so that a link cannot wander on. Who has
    declined has given the place away and must accept first.
    """
    locked = lock(invitation.workshop)
    original = Invitation.objects.select_related("person").get(pk=invitation.pk)
    check_registration(locked, invited=True)
    refuse_naming(original)
    person = person_at(deputy.email)
    if person is not None:
        refuse_person(locked, original, person)
    else:
        language = original.person.language
        person = record_named_person(actor=original.person, language=language, source=_source(language), **vars(deputy))
    row = Invitation.objects.filter(workshop=locked, person=person).first() or Invitation(workshop=locked)
    row.workshop, row.person, row.deputy_of, row.answer = locked, person, original, Answer.OPEN
    row.invited_at, row.answered_at, row.answer_reason, row.wave, row.is_draft = timezone.now(), None, "", None, False
    row.save()
    note_activities(people=[person.pk], kind=Kind.INVITED, **subject("workshop", locked))
    facts: dict[str, object] = {"person": original.person_id, "deputy": person.pk}
    record(WorkshopVerb.DEPUTY_NAMED, actor=original.person, target=original, facts=facts)
    post_outlines([mails.outline("deputy_invitation", row)])
    return row


@transaction.atomic
def withdraw_deputy(*, invitation: Invitation) -> None:
    """As long as the deputy has not accepted; withdrawing again does nothing."""
    lock(invitation.workshop)
    original = Invitation.objects.select_related("person").get(pk=invitation.pk)
    if original.answer == Answer.DEPUTISED:
        raise Refusal(_("Ihre Vertretung hat schon zugesagt. Bitte sprechen Sie mit ihr oder mit dem Projektbüro."))
    for row in original.deputies.filter(answer=Answer.OPEN):
        row.answer, row.answered_at = Answer.WITHDRAWN, timezone.now()
        row.save(update_fields=["answer", "answered_at"])
        facts: dict[str, object] = {"person": original.person_id, "deputy": row.person_id}
        record(WorkshopVerb.DEPUTY_WITHDRAWN, actor=original.person, target=original, facts=facts)


@transaction.atomic
def forget_deputy(*, person: Stakeholder) -> None:
    """Whoever is erased stands in for nobody any more; who counted on them is told, by a mail that is written now."""
    rows = Invitation.objects.filter(person=person, deputy_of__isnull=False, answer__in=(Answer.OPEN, Answer.ACCEPTED))
    originals = ("deputy_of__person", "deputy_of__workshop")
    for row in rows.select_related("person", "workshop", *originals).order_by("workshop_id"):
        if lock(row.workshop).is_over or row.deputy_of is None:
            continue
        Invitation.objects.filter(pk=row.deputy_of.pk, answer=Answer.DEPUTISED).update(
            answer=Answer.OPEN, answered_at=None
        )
        post(mails.message("deputy_declined", row))


def open_deputy(invitation: Invitation) -> Invitation | None:
    """Who is asked and has not answered."""
    return invitation.deputies.filter(answer=Answer.OPEN).select_related("person").first()


def may_name_deputy(invitation: Invitation, workshop: Workshop) -> bool:
    """Whether the page offers it; who may not and tries reads why."""
    try:
        check_registration(workshop, invited=True)
        refuse_naming(invitation)
    except Refusal:
        return False
    return True


def deputies_of(invitation: Invitation) -> dict[str, Invitation | None]:
    """Who is asked, who comes instead, and who has said no last."""
    rows = list(invitation.deputies.select_related("person").order_by("answered_at"))
    latest = {row.answer: row for row in rows}
    return {
        "asked": latest.get(Answer.OPEN),
        "deputy": latest.get(Answer.ACCEPTED),
        "refused": latest.get(Answer.DECLINED),
    }


def refuse_naming(original: Invitation) -> None:
    if original.deputy_of_id:
        raise Refusal(_("Sie sind selbst als Vertretung eingeladen und können niemanden weiter benennen."))
    if original.answer == Answer.DECLINED:
        raise Refusal(_("Sie haben abgesagt und Ihren Platz freigegeben. Bitte sagen Sie zuerst wieder zu."))
    if original.answer != Answer.OPEN and original.answer != Answer.ACCEPTED:
        raise Refusal(_("Ihre Vertretung hat schon zugesagt."))
    if open_deputy(original):
        raise Refusal(
            _("Sie haben schon jemanden benannt. Ziehen Sie das zuerst zurück, wenn jemand anderes kommen soll.")
        )
    if original.deputies.count() >= MOST_NAMED:
        raise Refusal(_("Sie haben schon mehrere Personen benannt. Bitte wenden Sie sich an das Projektbüro."))


def person_at(email: str) -> Stakeholder | None:
    """By the address of the account, or another one that was proved to be theirs."""
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user")
    found: Stakeholder | None = Stakeholder.objects.filter(Q(email__iexact=email) | Q(pk__in=proved)).first()
    return found


def refuse_person(workshop: Workshop, original: Invitation, person: Stakeholder) -> None:
    if person == original.person:
        raise Refusal(_("Das ist Ihre eigene Adresse. Bitte nennen Sie die Adresse Ihrer Vertretung."), field="email")
    if not person.is_active:
        raise Refusal(
            _("An diese Adresse können wir keine Einladung schicken. Bitte nennen Sie jemand anderen."), "email"
        )
    if Registration.objects.filter(workshop=workshop, person=person).current().exists():
        raise Refusal(_("Diese Person ist schon angemeldet. Bitte nennen Sie jemand anderen."), field="email")
    known = Invitation.objects.sent().filter(workshop=workshop, person=person).exclude(answer=Answer.WITHDRAWN)
    if known.filter(deputy_of=original).exists():
        raise Refusal(_("Diese Person hat Ihnen schon abgesagt. Bitte nennen Sie jemand anderen."), field="email")
    if known.exists():
        raise Refusal(_("Diese Person ist schon eingeladen. Bitte nennen Sie jemand anderen."), field="email")


def _source(language: str) -> str:
    with translation.override(language):
        return _("als Vertretung benannt")
