"""A place passes over from somebody invited to the deputy they named. Needs the lock of the event throughout."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.activity import Kind, forget_activity, subject
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from workshops.domain.place import fill_places, line_of
from workshops.models import Answer, Invitation, Registration, SessionPlace
from workshops.verbs import WorkshopVerb

State = Registration.State


@dataclass(frozen=True)
class Legacy:
    """What the registration held that was given up for the deputy; `row` is what is left of it."""

    row: Registration
    state: str
    arrival: int
    companions: int


def hand_over(deputy: Invitation, *, actor: Stakeholder) -> Legacy | None:
    """Give up what the person who named this deputy holds, so that `take_over` can follow in the same transaction.

    None where nothing passes over: they hold nothing, or what they asked for is not decided yet. The deputy then
    registers like anybody who is invited. Raises Refusal for a place that was offered and not confirmed in time.
    """
    if deputy.deputy_of is None or deputy.answer != Invitation.Answer.OPEN:
        return None
    held = Registration.objects.filter(workshop=deputy.workshop_id, person=deputy.deputy_of.person_id).current()
    row = held.select_related("person", "workshop").first()
    if row is None:
        return None
    if row.confirm_by and row.confirm_by <= timezone.now():
        raise Refusal(_("Die Zeit, diesen Platz zu bestätigen, ist abgelaufen. Der Platz geht an die Nächsten."))
    legacy = Legacy(row, row.state, row.arrival, row.companions)
    last = line_of(row.workshop, row.kind).last_arrival
    row.state, row.cancelled_at, row.confirm_by, row.arrival = State.CANCELLED, timezone.now(), None, last + 1
    row.save()
    Answer.objects.filter(registration=row).delete()
    forget_activity(person=row.person, kind=Kind.REGISTERED, key=subject("workshop", row.workshop)["key"])
    facts: dict[str, object] = {"person": row.person_id, "deputy": deputy.person_id, "arrival": legacy.arrival}
    record(WorkshopVerb.PLACE_PASSED_ON, actor=actor, target=row, facts=facts)
    return None if legacy.state == State.REQUESTED else legacy


def take_over(registration: Registration, legacy: Legacy) -> None:
    """The same place or the same number in the line, and what was chosen in the programme; never more than was held.

    Saying yes as a deputy also confirms a place that was only offered. What is left over goes to the waiting list.
    """
    now = timezone.now()
    has_place = legacy.state != State.WAITING
    registration.state = State.CONFIRMED if has_place else State.WAITING
    registration.confirmed_at = now if has_place else None
    registration.kind, registration.arrival = legacy.row.kind, legacy.arrival
    registration.companions = min(registration.companions, legacy.companions)
    registration.registered_at, registration.refusal_reason = now, ""
    registration.confirm_by = registration.cancelled_at = None
    registration.save()
    SessionPlace.objects.filter(registration=legacy.row).update(registration=registration)
    fill_places(workshop=registration.workshop, arriving=registration)
    registration.refresh_from_db(fields=["state", "confirmed_at", "confirm_by"])
