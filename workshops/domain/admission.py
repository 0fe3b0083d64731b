"""What is decided after somebody registered: by the project office, or by the person whom a place was offered."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.writing import post_outlines
from stakeholders.models import Stakeholder
from workshops import mails, permissions
from workshops.domain.place import fill_places, give_place, is_next, lock, locked_registration
from workshops.domain.quota import check_quota
from workshops.domain.registration import give_up, note
from workshops.models import Registration, Workshop
from workshops.verbs import WorkshopVerb

State = Registration.State


@transaction.atomic
def approve(*, registration: Registration, actor: Stakeholder) -> Registration:
    """Admit somebody who asked; they stand in line as of when they asked, and get a place if one is free.

    Approving twice is harmless. What was refused can still be approved, as long as places can be given and the
    organisation has not used up its quota since. This also holds after people have stopped moving up by themselves.
    """
    current = locked_registration(registration)
    if current.state not in (State.REQUESTED, State.REFUSED):
        return current
    if not permissions.may_free_place(current.workshop):
        raise Refusal(_("Die Veranstaltung hat begonnen oder ist abgesagt. Es gibt nichts mehr zu entscheiden."))
    if current.state == State.REFUSED:
        check_quota(current)
    current.state, current.refusal_reason = State.WAITING, ""
    current.save()
    note(current, WorkshopVerb.REGISTRATION_APPROVED, actor)
    fill_places(workshop=current.workshop, arriving=current)
    current.refresh_from_db(fields=["state", "confirmed_at", "confirm_by"])
    if current.state == State.WAITING and is_next(current):
        give_place(current, timezone.now(), at_once=True)
        current.save()
    post_outlines([mails.outline(f"registration_{current.state}", current)])
    return current


@transaction.atomic
def refuse(*, registration: Registration, actor: Stakeholder, reason: str) -> Registration:
    """Turn down somebody who asked, with a reason they can read. Only what is not decided yet."""
    current = locked_registration(registration)
    if current.state == State.REFUSED:
        return current
    if current.state != State.REQUESTED:
        raise Refusal(_("Über diese Anmeldung ist schon entschieden. Einen Platz können Sie freigeben."))
    if not reason.strip():
        raise Refusal(_("Bitte nennen Sie einen Grund. Die Person liest ihn."), field="reason")
    current.state, current.refusal_reason = State.REFUSED, reason.strip()
    current.save()
    note(current, WorkshopVerb.REGISTRATION_REFUSED, actor)
    post_outlines([mails.outline("registration_refused", current)])
    return current


@transaction.atomic
def confirm(*, registration: Registration, actor: Stakeholder) -> Registration:
    """Say yes to a place that was offered, in time; saying it twice is harmless. While an event is postponed there is
    no hurry."""
    current = locked_registration(registration)
    if current.state == State.CONFIRMED:
        return current
    now = timezone.now()
    postponed = current.workshop.state == Workshop.State.POSTPONED
    in_time = postponed or (current.confirm_by is not None and now < current.confirm_by)
    if current.state != State.OFFERED or not in_time or not permissions.may_free_place(current.workshop):
        raise Refusal(_("Die Zeit, diesen Platz zu bestätigen, ist abgelaufen. Der Platz geht an die Nächsten."))
    give_place(current, now, at_once=True)
    current.save()
    note(current, WorkshopVerb.REGISTRATION_CONFIRMED, actor)
    post_outlines([mails.outline("registration_confirmed", current)])
    return current


def lapse_offers(*, now: datetime | None = None) -> int:
    """Take back what was offered and not confirmed in time, and let the next move up; how many. Runs every minute.

    Each event in its own transaction. While an event is postponed nothing lapses.
    """
    moment = now or timezone.now()
    late = Registration.objects.filter(
        state=State.OFFERED, confirm_by__lte=moment, workshop__state=Workshop.State.PUBLISHED
    )
    workshops = Workshop.objects.filter(pk__in=late.values("workshop")).order_by("pk")
    return sum(_lapse(workshop, moment) for workshop in workshops)


@transaction.atomic
def _lapse(workshop: Workshop, moment: datetime) -> int:
    locked = lock(workshop)
    if locked.state != Workshop.State.PUBLISHED:
        return 0
    late = Registration.objects.filter(workshop=locked, state=State.OFFERED, confirm_by__lte=moment)
    rows = list(late.select_related("person").order_by("arrival"))
    for row in rows:
        row.workshop = locked
        give_up(row, lapsed=True)
        note(row, WorkshopVerb.REGISTRATION_LAPSED, None)
    post_outlines(mails.outline("registration_lapsed", row) for row in rows)
    fill_places(workshop=locked)
    return len(rows)
