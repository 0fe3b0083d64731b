from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.writing import post_outlines
from stakeholders.models import Stakeholder
from workshops import mails
from workshops.domain.place import fill_places, lock
from workshops.models import Invitation, Registration, Workshop
from workshops.verbs import WorkshopVerb

APPOINTMENT = ("starts_at", "ends_at", "whole_day", "place", "address", "online_url")
"""What people travel by; a change is told to everybody registered."""
ENTRY = (*APPOINTMENT, "title", "title_en", "summary", "summary_en")
"""What a calendar entry shows; a change raises its SEQUENCE."""


def changed(before: Workshop, after: Workshop, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if getattr(before, name) != getattr(after, name)]


@transaction.atomic
def create_workshop(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """Events begin as drafts."""
    workshop.state = Workshop.State.DRAFT
    workshop.save()
    record(WorkshopVerb.WORKSHOP_CREATED, actor=actor, target=workshop)
    return workshop


@transaction.atomic
def change_workshop(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """Store what the project office edited and draw the consequences.

    More places let the waiting list move up; fewer take nobody's place away. A new day, time or place of a published
    event is told to everybody registered, once per change. If the new start lies further ahead than the reminder
    time, the reminder is planned anew; if not, that very mail is the reminder for those who already had one.
    State, reminder mark and SEQUENCE are never taken from the edited copy, which may be stale.
    """
    before = lock(workshop)
    workshop.state, workshop.reminded_at = before.state, before.reminded_at
    workshop.calendar_sequence = before.calendar_sequence + bool(changed(before, workshop, ENTRY))
    due_at = workshop.reminder_due_at
    if changed(before, workshop, ("starts_at",)) and due_at and due_at > timezone.now():
        workshop.reminded_at = None
    workshop.save()
    appointment = changed(before, workshop, APPOINTMENT)
    facts: dict[str, object] = {"changed": sorted(changed(before, workshop, (*ENTRY, "capacity")))}
    record(WorkshopVerb.WORKSHOP_CHANGED, actor=actor, target=workshop, facts=facts)
    if appointment and workshop.state == Workshop.State.PUBLISHED and not workshop.is_over:
        told = Registration.objects.filter(workshop=workshop).current().select_related("person", "workshop")
        post_outlines(mails.outline("workshop_changed", registration) for registration in told)
    fill_places(workshop=workshop)
    return workshop


@transaction.atomic
def publish_workshop(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """Make a draft visible; publishing what is public changes nothing, what is cancelled stays so."""
    locked = lock(workshop)
    if locked.state == Workshop.State.PUBLISHED:
        return locked
    if locked.state == Workshop.State.CANCELLED:
        raise Refusal(
            _("„%(title)s“ ist abgesagt. Bitte legen Sie für einen neuen Termin eine neue Veranstaltung an.")
            % {"title": locked}
        )
    if not (locked.location or locked.online_url):
        raise Refusal(
            _("„%(title)s“ hat noch keinen Ort. Bitte tragen Sie Ort oder Online-Adresse ein.") % {"title": locked}
        )
    locked.state = Workshop.State.PUBLISHED
    locked.save(update_fields=["state"])
    record(WorkshopVerb.WORKSHOP_PUBLISHED, actor=actor, target=locked)
    return locked


@transaction.atomic
def cancel_workshop(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """Call an event off and tell everybody who is registered, waits or was invited and has not declined, once each."""
    locked = lock(workshop)
    if locked.state == Workshop.State.CANCELLED:
        return locked
    if locked.state == Workshop.State.DRAFT:
        raise Refusal(_("„%(title)s“ ist ein Entwurf. Einen Entwurf können Sie löschen.") % {"title": locked})
    if locked.is_over:
        raise Refusal(_("„%(title)s“ ist schon vorbei und kann nicht mehr abgesagt werden.") % {"title": locked})
    locked.state = Workshop.State.CANCELLED
    locked.calendar_sequence += 1
    locked.save(update_fields=["state", "calendar_sequence"])
    told = people_to_tell(locked)
    record(WorkshopVerb.WORKSHOP_CANCELLED, actor=actor, target=locked, facts={"people": len(told)})
    post_outlines(mails.outline("workshop_cancelled", row) for row in told)
    return locked


def people_to_tell(workshop: Workshop) -> list[Registration | Invitation]:
    """One row per person: the registration if there is one, else the invitation."""
    registrations = Registration.objects.filter(workshop=workshop).current().select_related("person", "workshop")
    invitations = (
        Invitation.objects.sent()
        .filter(workshop=workshop)
        .exclude(answer=Invitation.Answer.DECLINED)
        .exclude(person__in=registrations.values("person"))
        .select_related("person", "workshop")
    )
    return [*registrations, *invitations]
