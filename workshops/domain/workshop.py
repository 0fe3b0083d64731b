from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.writing import post_outlines
from stakeholders.models import Stakeholder
from workshops import mails
from workshops.domain.place import fill_places, give_place, lock
from workshops.domain.reminder import USUAL_HOURS, plan_anew
from workshops.models import Invitation, Registration, Reminder, Workshop
from workshops.verbs import WorkshopVerb

State = Workshop.State
APPOINTMENT = ("starts_at", "ends_at", "whole_day", "place", "address", "room", "map_url", "mode", "online_url")
"""What people travel by; a change is told to everybody concerned."""
ENTRY = (*APPOINTMENT, "title", "title_en", "summary", "summary_en")
"""What a calendar entry shows; a change raises its SEQUENCE."""
PLACES = ("mode", "capacity", "online_capacity", "reserved", "companions", "organisation_quota", "moves_up_until")
"""What decides who gets a place."""


def changed(before: Workshop, after: Workshop, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if getattr(before, name) != getattr(after, name)]


@transaction.atomic
def create_workshop(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """Events begin as drafts, with one reminder two days before the start."""
    workshop.state = State.DRAFT
    workshop.save()
    Reminder.objects.create(workshop=workshop, hours=USUAL_HOURS)
    record(WorkshopVerb.WORKSHOP_CREATED, actor=actor, target=workshop)
    return workshop


@transaction.atomic
def change_workshop(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """Store what the project office edited and draw the consequences.

    More places, fewer reserved ones and a later end of moving up let the waiting list move up; fewer places take
    nobody's place away. A kind of place that people are registered for stays. A new day, time or place of a published
    event is told to everybody concerned, once per change; another online address only to those who know the old one.
    Reminders are planned anew.
    State and SEQUENCE are never taken from the edited copy, which may be stale.
    """
    before = lock(workshop)
    check_mode(before, workshop.mode)
    workshop.state = before.state
    workshop.calendar_sequence = before.calendar_sequence + bool(changed(before, workshop, ENTRY))
    workshop.save()
    plan_anew(before, workshop)
    appointment = changed(before, workshop, APPOINTMENT)
    facts: dict[str, object] = {"changed": sorted(changed(before, workshop, (*ENTRY, *PLACES)))}
    record(WorkshopVerb.WORKSHOP_CHANGED, actor=actor, target=workshop, facts=facts)
    if appointment and workshop.state == State.PUBLISHED and not workshop.is_over:
        told = [row for row in people_to_tell(workshop) if appointment != ["online_url"] or holds_place(row)]
        post_outlines(mails.outline("workshop_changed", row) for row in told)
    fill_places(workshop=workshop)
    return workshop


def check_mode(workshop: Workshop, mode: str) -> None:
    """Raises Refusal where people are registered for a kind of place that there would be no more."""
    kinds = Workshop(mode=mode).kinds
    left = Registration.objects.filter(workshop=workshop.pk).current().exclude(kind__in=kinds)
    if number := left.count():
        text = ngettext(
            "%(n)d Person ist für eine Teilnahme angemeldet, die es dann nicht mehr gibt (%(kind)s). Bitte klären Sie "
            "das zuerst mit ihr.",
            "%(n)d Personen sind für eine Teilnahme angemeldet, die es dann nicht mehr gibt (%(kind)s). Bitte klären "
            "Sie das zuerst mit ihnen.",
            number,
        )
        raise Refusal(text % {"n": number, "kind": left[0].get_kind_display()}, field="mode")


def overbooked(workshop: Workshop) -> dict[str, tuple[int, int]]:
    """Where more people hold places than there are: by kind of place, how many hold one and how many there are."""
    seats = Registration.objects.holding().filter(workshop=workshop).order_by().values("kind")
    held = dict(seats.annotate(n=Sum(F("companions") + 1)).values_list("kind", "n"))
    return {
        str(kind.label): (held[kind.value], capacity)
        for kind in workshop.kinds
        if (capacity := workshop.capacity_of(kind)) is not None and held.get(kind.value, 0) > capacity
    }


@transaction.atomic
def publish_workshop(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """Make a draft visible, or let a postponed event take place at its new date, which is told to everybody concerned.

    Publishing what is public changes nothing, what is cancelled stays so.
    """
    locked = lock(workshop)
    if locked.state == State.PUBLISHED:
        return locked
    check_publishing(locked)
    was_postponed = locked.state == State.POSTPONED
    locked.state = State.PUBLISHED
    locked.calendar_sequence += was_postponed
    locked.save(update_fields=["state", "calendar_sequence"])
    record(WorkshopVerb.WORKSHOP_PUBLISHED, actor=actor, target=locked)
    if was_postponed:
        give_new_date(locked)
    return locked


def check_publishing(workshop: Workshop) -> None:
    """Raises Refusal with what is missing."""
    if workshop.state == State.CANCELLED:
        raise Refusal(
            _("„%(title)s“ ist abgesagt. Bitte legen Sie für einen neuen Termin eine neue Veranstaltung an.")
            % {"title": workshop}
        )
    if not (workshop.location or workshop.online_url):
        raise Refusal(
            _("„%(title)s“ hat noch keinen Ort. Bitte tragen Sie Ort oder Online-Adresse ein.") % {"title": workshop}
        )
    if workshop.state == State.POSTPONED and workshop.starts_at <= timezone.now():
        raise Refusal(
            _("Der Termin von „%(title)s“ liegt in der Vergangenheit. Bitte tragen Sie zuerst den neuen Termin ein.")
            % {"title": workshop}
        )
    if workshop.state == State.POSTPONED and workshop.moves_up_until and workshop.moves_up_until <= timezone.now():
        raise Refusal(
            _("„Nachrücken bis“ liegt bei „%(title)s“ in der Vergangenheit. Bitte ändern oder leeren Sie diese Angabe.")
            % {"title": workshop},
            field="moves_up_until",
        )


def give_new_date(workshop: Workshop) -> None:
    """Offers run anew, free places are given, and everybody else is told the date. Needs the lock.

    Who moves up at this moment learns the date from the mail about the place.
    """
    now = timezone.now()
    offers = list(Registration.objects.filter(workshop=workshop, state=Registration.State.OFFERED))
    for offer in offers:
        offer.workshop = workshop
        give_place(offer, now, at_once=workshop.confirm_hours is None)
    Registration.objects.bulk_update(offers, ["state", "confirmed_at", "confirm_by"])
    moved = {registration.pk for registration in fill_places(workshop=workshop)}
    told = [row for row in people_to_tell(workshop) if isinstance(row, Invitation) or row.pk not in moved]
    post_outlines(mails.outline("workshop_rescheduled", row) for row in told)


@transaction.atomic
def postpone_workshop(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """The event does not take place at its date; a new one follows. Everybody concerned is told once and keeps what
    they have: place, position on the waiting list, offer, invitation."""
    locked = lock(workshop)
    if locked.state == State.POSTPONED:
        return locked
    if locked.state != State.PUBLISHED:
        raise Refusal(_("Verschieben geht nur bei veröffentlichten Veranstaltungen."))
    if locked.is_over:
        raise Refusal(_("„%(title)s“ ist schon vorbei und kann nicht mehr verschoben werden.") % {"title": locked})
    return take_off(locked, State.POSTPONED, actor)


@transaction.atomic
def cancel_workshop(*, workshop: Workshop, actor: Stakeholder) -> Workshop:
    """Call an event off, also one that is postponed, and tell everybody concerned once each."""
    locked = lock(workshop)
    if locked.state == State.CANCELLED:
        return locked
    if locked.state == State.DRAFT:
        raise Refusal(_("„%(title)s“ ist ein Entwurf. Einen Entwurf können Sie löschen.") % {"title": locked})
    if locked.is_over:
        raise Refusal(_("„%(title)s“ ist schon vorbei und kann nicht mehr abgesagt werden.") % {"title": locked})
    return take_off(locked, State.CANCELLED, actor)


def take_off(workshop: Workshop, state: Workshop.State, actor: Stakeholder) -> Workshop:
    """Needs the lock."""
    is_cancelled = state == State.CANCELLED
    workshop.state = state
    workshop.calendar_sequence += 1
    workshop.save(update_fields=["state", "calendar_sequence"])
    told = people_to_tell(workshop)
    verb = WorkshopVerb.WORKSHOP_CANCELLED if is_cancelled else WorkshopVerb.WORKSHOP_POSTPONED
    record(verb, actor=actor, target=workshop, facts={"people": len(told)})
    kind = "workshop_cancelled" if is_cancelled else "workshop_postponed"
    post_outlines(mails.outline(kind, row) for row in told)
    return workshop


def holds_place(row: Registration | Invitation) -> bool:
    return isinstance(row, Registration) and row.state == Registration.State.CONFIRMED


def people_to_tell(workshop: Workshop) -> list[Registration | Invitation]:
    """Who is registered, waits, asked, has an offer, or has an invitation that is still open.

    One row per person: the registration if there is one, else the invitation.
    """
    registrations = Registration.objects.filter(workshop=workshop).current().select_related("person", "workshop")
    invitations = (
        Invitation.objects.sent()
        .filter(workshop=workshop, answer=Invitation.Answer.OPEN)
        .exclude(person__in=registrations.values("person"))
        .select_related("person", "workshop")
    )
    return [*registrations, *invitations]
