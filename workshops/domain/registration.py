"""Registering, changing and cancelling. Each takes the lock of the event first: see `workshops.domain.place`."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.activity import Kind, activities, forget_activity, subject
from stakeholders.domain.audit import entry
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.statement import Statement, execute, insertions
from stakeholders.domain.writing import outlined, post_outlines
from stakeholders.models import AuditEntry, Channel, Stakeholder
from stakeholders.permissions import is_project_office
from workshops import mails, permissions
from workshops.domain.place import Line, fill_places, give_place, line_of, lock, locked_registration, turn_of
from workshops.domain.programme import check_growth, take_sessions
from workshops.domain.question import keep_answers
from workshops.domain.reply import note_reply, standing_invitation
from workshops.domain.succession import hand_over, take_over
from workshops.domain.wish import Wish, apply_wish
from workshops.models import Answer, Invitation, Registration, SessionPlace, Workshop
from workshops.verbs import WorkshopVerb

State = Registration.State
OUTCOMES = {
    State.CONFIRMED: WorkshopVerb.REGISTRATION_CONFIRMED,
    State.WAITING: WorkshopVerb.REGISTRATION_WAITING,
    State.REQUESTED: WorkshopVerb.REGISTRATION_REQUESTED,
}


@transaction.atomic
def register(
    *,
    workshop: Workshop,
    person: Stakeholder,
    actor: Stakeholder,
    channel: Channel = Channel.WEB,
    wish: Wish | None = None,
) -> Registration:
    """Give `person` a place, or the last one on the waiting list; who already has either keeps it, without a new mail.

    Where the project office decides, the registration first waits for it, unless the person was invited. Who comes back
    after cancelling is a later arrival. An invitation counts as accepted. By any other `channel` than the portal it is
    the project office who writes the registration down, which is an invitation at the same time.
    """
    by_office = channel != Channel.WEB
    if by_office and not is_project_office(actor):
        raise Refusal(_("Für andere meldet nur das Projektbüro an."))
    wish = wish or Wish()
    turn = turn_of(person, workshop=workshop, kind=wish.kind)
    locked = turn.workshop
    registration = Registration.objects.get(workshop=locked, person=person) if turn.has_registration else None
    if registration and registration.is_current:
        return registration
    invitation = standing_invitation(locked, person) if turn.has_invitation else None
    invited = invitation is not None
    check_registration(locked, invited=invited or by_office)
    if registration and registration.state == State.REFUSED and not by_office:
        raise Refusal(_("Das Projektbüro konnte Ihre Anmeldung nicht annehmen. Bitte wenden Sie sich an das Büro."))
    registration = registration or Registration(workshop=locked, person=person)
    registration.channel, registration.recorded_by = channel, actor if by_office else None
    registration.workshop, registration.person = locked, person
    registration.is_entitled = invited or by_office
    legacy = hand_over(invitation, actor=actor) if invitation else None
    apply_wish(registration, wish)
    if legacy:
        take_over(registration, legacy)
    else:
        arrive(registration, turn.line if invitation is None else line_of(locked, registration.kind))
    stored = store(registration, turn.number)
    told = activities(people=[person.pk], kind=Kind.REGISTERED, **subject("workshop", locked))
    outline = mails.outline(f"registration_{registration.state}", registration)
    written = deed(registration, OUTCOMES[State(registration.state)], actor)
    execute([*stored, *told, *insertions([written]), *outlined([outline])])
    keep_details(registration, wish)
    if invitation:
        note_reply(invitation, Invitation.Answer.ACCEPTED)
    return registration


def store(registration: Registration, number: int) -> list[Statement]:
    """A row that is known is stored at once, a new one under this number with what is told of it, in the same trip."""
    if registration.pk:
        registration.save()
        return []
    registration.pk, registration._state.adding = number, False
    return insertions([registration])


@transaction.atomic
def cancel(*, registration: Registration, actor: Stakeholder) -> Registration:
    """Free a place or leave the waiting list; the first of the waiting list moves up. Cancelling twice is harmless.

    Who cancels in person has thereby declined an invitation; if the project office does it, the answer stays.
    """
    current = locked_registration(registration)
    if not current.is_current:
        return current
    if not permissions.may_free_place(current.workshop):
        raise Refusal(_("Die Veranstaltung hat begonnen oder ist abgesagt. Ein Platz kann nicht mehr frei werden."))
    give_up(current)
    invitation = standing_invitation(current.workshop, current.person)
    if invitation and actor == current.person:
        note_reply(invitation, Invitation.Answer.DECLINED)
    note(current, WorkshopVerb.REGISTRATION_CANCELLED, actor)
    post_outlines([mails.outline("registration_cancelled", current)])
    fill_places(workshop=current.workshop)
    return current


@transaction.atomic
def change(*, registration: Registration, wish: Wish, actor: Stakeholder) -> Registration:
    """Another kind of place or other people coming along, until registration closes; the same again changes nothing.

    Whoever holds a place keeps it: a wish that finds no room, there or in a chosen session, is refused. Who waits keeps
    the place in the line for more companions, but begins anew in the line for another kind of place.
    """
    current = locked_registration(registration)
    before, state = Held.of(current), current.state
    if not current.is_current:
        raise Refusal(_("Diese Anmeldung gilt nicht mehr. Sie können sich neu anmelden."))
    if not permissions.may_change_registration(current.workshop):
        raise Refusal(_("Die Anmeldung ist geschlossen. Bitte wenden Sie sich mit Änderungen an das Projektbüro."))
    apply_wish(current, wish)
    moved = before != Held.of(current)
    if moved:
        if current.state in Registration.HOLDING:
            check_room(current, before)
        elif current.kind != before.kind:
            current.arrival = line_of(current.workshop, current.kind).last_arrival + 1
        current.save()
        note(current, WorkshopVerb.REGISTRATION_CHANGED, actor)
        fill_places(workshop=current.workshop)
        current.refresh_from_db(fields=["state", "confirmed_at", "confirm_by"])
    told_more = keep_details(current, wish)
    if current.companions > before.companions:
        check_growth(current)
    if told_more and not moved:
        note(current, WorkshopVerb.REGISTRATION_CHANGED, actor)
    if (moved or told_more) and current.state == state:
        post_outlines([mails.outline("registration_changed", current)])
    return current


@dataclass(frozen=True)
class Held:
    """What a registration asks for, to tell whether a change changes it."""

    kind: str
    companions: int
    organisation: int | None
    mandate: int | None

    @classmethod
    def of(cls, row: Registration) -> "Held":
        return cls(row.kind, row.companions, row.organisation_id, row.mandate_id)


def keep_details(registration: Registration, wish: Wish) -> bool:
    """Answers, and sessions of those who hold a place; whether anything changed. Raises Refusal. Needs the lock."""
    answered = wish.answers is not None and keep_answers(registration, wish.answers)
    holds = registration.state in Registration.HOLDING
    chosen = wish.sessions is not None and holds and take_sessions(registration, wish.sessions)
    return answered or chosen


def check_room(registration: Registration, before: Held) -> None:
    """Raises Refusal where what a place was changed to finds no room. Nobody in the line is passed."""
    if registration.kind == before.kind and registration.companions <= before.companions:
        return
    workshop = registration.workshop
    line = line_of(workshop, registration.kind, without=registration)
    if line.free.fits(registration) and not line.must_wait(registration):
        return
    if registration.kind != before.kind:
        text = _("Dort ist kein Platz frei (%(kind)s). Ihr bisheriger Platz bleibt.")
        raise Refusal(text % {"kind": registration.get_kind_display()}, field="kind")
    raise Refusal(_("Für so viele Begleitpersonen ist kein Platz frei. Ihr Platz bleibt."), field="companions")


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
    if workshop.state == Workshop.State.POSTPONED:
        raise Refusal(
            _("Die Veranstaltung ist verschoben. Sobald der neue Termin feststeht, können Sie sich anmelden.")
        )
    if workshop.state == Workshop.State.DRAFT:
        raise Refusal(_("Die Veranstaltung ist noch nicht veröffentlicht."))
    if workshop.has_begun:
        raise Refusal(_("Die Veranstaltung hat schon begonnen. Andere Termine finden Sie unter Veranstaltungen."))
    if not workshop.registration_is_open:
        raise Refusal(_("Die Anmeldung ist geschlossen. Bitte wenden Sie sich an das Projektbüro."))
    raise Refusal(_("Zu dieser Veranstaltung lädt das Projektbüro ein. Bitte wenden Sie sich an das Projektbüro."))


def arrive(registration: Registration, line: Line) -> None:
    """Take the next number of arrival, and a place if one is free and nobody waits for it. Needs the lock."""
    workshop, now = registration.workshop, timezone.now()
    registration.arrival = line.last_arrival + 1
    registration.registered_at = now
    registration.confirmed_at = registration.confirm_by = registration.cancelled_at = None
    registration.refusal_reason = ""
    if workshop.needs_approval and not registration.is_entitled:
        registration.state = State.REQUESTED
        return
    registration.state = State.WAITING
    if line.free.fits(registration) and not line.must_wait(registration):
        give_place(registration, now, at_once=True)


def give_up(registration: Registration, *, lapsed: bool = False) -> None:
    """The registration holds nothing any more, neither here nor in the programme, and what was answered for it is
    deleted. Needs the lock."""
    registration.state, registration.cancelled_at = State.CANCELLED, timezone.now()
    if not lapsed:
        registration.confirm_by = None
    registration.save()
    SessionPlace.objects.filter(registration=registration).delete()
    Answer.objects.filter(registration=registration).delete()
    key = subject("workshop", registration.workshop)["key"]
    forget_activity(person=registration.person, kind=Kind.REGISTERED, key=key)


def note(registration: Registration, verb: WorkshopVerb, actor: Stakeholder | None) -> None:
    deed(registration, verb, actor).save()


def deed(registration: Registration, verb: WorkshopVerb, actor: Stakeholder | None) -> AuditEntry:
    facts: dict[str, object] = {
        "person": registration.person_id,
        "arrival": registration.arrival,
        "kind": registration.kind,
        "companions": registration.companions,
        "entitled": registration.is_entitled,
    }
    return entry(verb, actor=actor, target=registration, facts=facts)
