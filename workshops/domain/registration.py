"""Places at an event. Whatever gives or frees one happens under the lock of the event's row, one after the other."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.activity import Kind, forget_activity, note_activity, subject
from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post, post_many
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Channel, Stakeholder
from stakeholders.permissions import is_project_office
from workshops import mails, permissions
from workshops.models import Invitation, Registration, Workshop
from workshops.verbs import WorkshopVerb

State = Registration.State


def lock(workshop: Workshop) -> Workshop:
    """The event as it is now, held until the transaction ends. Always the first lock, so that nothing can deadlock.

    Without the key, so that rows which merely point at the event (invitations) can be inserted meanwhile.
    """
    return Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)


@transaction.atomic
def register(
    *, workshop: Workshop, person: Stakeholder, actor: Stakeholder, channel: Channel = Channel.WEB
) -> Registration:
    """Give `person` a place, or the last one on the waiting list; who already has either keeps it, without a new mail.

    Who comes back after cancelling is a later arrival. An invitation counts as accepted. By any other `channel` than
    the portal it is the project office who writes the registration down, which is an invitation at the same time.
    """
    by_office = channel != Channel.WEB
    if by_office and not is_project_office(actor):
        raise Refusal(_("Für andere meldet nur das Projektbüro an."))
    locked = lock(workshop)
    registration = Registration.objects.filter(workshop=locked, person=person).first()
    if registration and registration.is_current:
        return registration
    invited = Invitation.objects.sent().filter(workshop=locked, person=person).exists()
    check_registration(locked, invited=invited or by_office)
    registration = registration or Registration(workshop=locked, person=person)
    registration.channel, registration.recorded_by = channel, actor if by_office else None
    registration.workshop, registration.person = locked, person
    arrive(registration)
    if invited:
        answer_invitation(registration, Invitation.Answer.ACCEPTED)
    note_activity(person=person, kind=Kind.REGISTERED, **subject("workshop", locked))
    is_confirmed = registration.state == State.CONFIRMED
    verb = WorkshopVerb.REGISTRATION_CONFIRMED if is_confirmed else WorkshopVerb.REGISTRATION_WAITING
    record(verb, actor=actor, target=registration, facts={"person": person.pk, "arrival": registration.arrival})
    post(mails.registration_confirmed(registration) if is_confirmed else mails.registration_waiting(registration))
    return registration


@transaction.atomic
def cancel(*, registration: Registration, actor: Stakeholder) -> Registration:
    """Free a place or leave the waiting list; the first of the waiting list moves up. Cancelling twice is harmless.

    Who cancels in person has thereby declined an invitation; if the project office does it, the answer stays.
    """
    locked = lock(registration.workshop)
    current = Registration.objects.select_related("person").get(pk=registration.pk)
    current.workshop = locked
    if not current.is_current:
        return current
    if not permissions.may_free_place(locked):
        raise Refusal(_("Die Veranstaltung hat begonnen oder ist abgesagt. Ein Platz kann nicht mehr frei werden."))
    current.state, current.cancelled_at = State.CANCELLED, timezone.now()
    current.save()
    forget_activity(person=current.person, kind=Kind.REGISTERED, key=subject("workshop", locked)["key"])
    if actor == current.person:
        answer_invitation(current, Invitation.Answer.DECLINED)
    facts: dict[str, object] = {"person": current.person_id, "arrival": current.arrival}
    record(WorkshopVerb.REGISTRATION_CANCELLED, actor=actor, target=current, facts=facts)
    post(mails.registration_cancelled(current))
    fill_places(workshop=locked)
    return current


@transaction.atomic
def fill_places(*, workshop: Workshop) -> list[Registration]:
    """Let as many move up in order of arrival as there are free places, and tell them; not after the event began."""
    locked = lock(workshop)
    if not permissions.may_free_place(locked):
        return []
    free = free_places(locked)
    waiting = Registration.objects.filter(workshop=locked).waiting().select_related("person", "workshop")
    moving_up = list(waiting if free is None else waiting[: max(free, 0)])
    now = timezone.now()
    for registration in moving_up:
        registration.state, registration.confirmed_at = State.CONFIRMED, now
        facts: dict[str, object] = {"person": registration.person_id, "arrival": registration.arrival}
        record(WorkshopVerb.REGISTRATION_MOVED_UP, actor=None, target=registration, facts=facts)
    Registration.objects.bulk_update(moving_up, ["state", "confirmed_at"])
    post_many(mails.registration_moved_up(registration) for registration in moving_up)
    return moving_up


@transaction.atomic
def forget_registrations(*, person: Stakeholder) -> None:
    """Delete what a person registered for, because the account is erased; nobody waits for a place nobody holds."""
    workshops = Workshop.objects.filter(registrations__person=person).order_by("pk")
    for workshop in workshops:
        locked = lock(workshop)
        Registration.objects.filter(workshop=locked, person=person).delete()
        fill_places(workshop=locked)


def check_registration(workshop: Workshop, *, invited: bool) -> None:
    """Raises Refusal with the reason why nobody, or not this person, can register now."""
    if permissions.may_register(workshop, invited=invited):
        return
    if workshop.state == Workshop.State.CANCELLED:
        raise Refusal(_("Die Veranstaltung ist abgesagt. Andere Termine finden Sie unter Veranstaltungen."))
    if workshop.state == Workshop.State.DRAFT:
        raise Refusal(_("Die Veranstaltung ist noch nicht veröffentlicht."))
    if workshop.has_begun:
        raise Refusal(_("Die Veranstaltung hat schon begonnen. Andere Termine finden Sie unter Veranstaltungen."))
    if not workshop.registration_is_open:
        raise Refusal(_("Die Anmeldung ist geschlossen. Bitte wenden Sie sich an das Projektbüro."))
    raise Refusal(_("Zu dieser Veranstaltung lädt das Projektbüro ein. Bitte wenden Sie sich an das Projektbüro."))


def free_places(workshop: Workshop) -> int | None:
    """None without a limit; below zero where the capacity was lowered after registration. Needs the lock."""
    if workshop.capacity is None:
        return None
    return workshop.capacity - Registration.objects.filter(workshop=workshop).confirmed().count()


def arrive(registration: Registration) -> None:
    """Take the next number of arrival, and a place if one is free. Needs the lock."""
    workshop = registration.workshop
    last = Registration.objects.filter(workshop=workshop).aggregate(last=Max("arrival"))["last"]
    free = free_places(workshop)
    registration.arrival = (last or 0) + 1
    registration.state = State.CONFIRMED if free is None or free > 0 else State.WAITING
    registration.registered_at = timezone.now()
    registration.confirmed_at = registration.registered_at if registration.state == State.CONFIRMED else None
    registration.cancelled_at = None
    registration.save()


def answer_invitation(registration: Registration, answer: Invitation.Answer) -> None:
    """Keep the invitation, if there is one, in step with what its person did."""
    invitations = Invitation.objects.sent().filter(workshop=registration.workshop_id, person=registration.person_id)
    invitations.exclude(answer=answer).update(answer=answer, answered_at=timezone.now())
