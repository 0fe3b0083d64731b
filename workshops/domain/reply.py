"""Answers to invitations, and what follows from them for deputies. Needs the lock of the event throughout."""

from django.utils import timezone

from stakeholders.domain.audit import record
from stakeholders.domain.writing import post_outlines
from stakeholders.models import Stakeholder
from workshops import mails
from workshops.models import Invitation, Workshop
from workshops.verbs import WorkshopVerb

Answer = Invitation.Answer
VERBS = {Answer.ACCEPTED: WorkshopVerb.INVITATION_ACCEPTED, Answer.DECLINED: WorkshopVerb.INVITATION_DECLINED}


def standing_invitation(workshop: Workshop, person: Stakeholder) -> Invitation | None:
    """By which this person may come. Most have none, so what belongs to it is only read once there is one."""
    found = Invitation.objects.standing().filter(workshop=workshop, person=person).order_by("pk").first()
    if found:
        found.workshop, found.person = workshop, person
    return found


def note_reply(invitation: Invitation, new: Answer, *, reason: str = "") -> None:
    """Write the answer down and draw its consequences; who repeats it is not audited again.

    What was withdrawn, or passed over to a deputy, cannot be answered any more and stays as it is.
    """
    current = Invitation.objects.select_related("person", "workshop", "deputy_of__person").get(pk=invitation.pk)
    closed = current.answer in (Answer.DEPUTISED, Answer.WITHDRAWN)
    if closed or (current.answer, current.answer_reason) == (new, reason):
        return
    before = current.answer
    current.answer, current.answer_reason, current.answered_at = new, reason, timezone.now()
    current.save(update_fields=["answer", "answer_reason", "answered_at"])
    if before == new:
        return
    record(VERBS[new], actor=current.person, target=current, facts={"person": current.person_id})
    if new == Answer.DECLINED:
        declined(current)
    elif current.deputy_of:
        deputy_accepted(current, current.deputy_of)


def declined(invitation: Invitation) -> None:
    """Who does not come has no deputy either. A deputy who does not come leaves the choice to whom they stood in for,
    who may come after all, or name somebody else."""
    now = timezone.now()
    invitation.deputies.filter(answer=Answer.OPEN).update(answer=Answer.WITHDRAWN, answered_at=now)
    if invitation.deputy_of:
        passed = Invitation.objects.filter(pk=invitation.deputy_of.pk, answer=Answer.DEPUTISED)
        passed.update(answer=Answer.OPEN, answered_at=None)
        post_outlines([mails.outline("deputy_declined", invitation)])


def deputy_accepted(deputy: Invitation, original: Invitation) -> None:
    changed = Invitation.objects.filter(pk=original.pk).exclude(answer=Answer.DECLINED)
    if changed.update(answer=Answer.DEPUTISED, answered_at=timezone.now()):
        post_outlines([mails.outline("deputy_accepted", deputy)])
