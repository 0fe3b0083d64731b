"""Who was there: noted at the door with the ticket, or afterwards from the list."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.activity import Kind, forget_activity, note_activity, subject
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from workshops.domain.place import lock, locked_registration
from workshops.domain.registration import note
from workshops.models import Registration, Workshop
from workshops.verbs import WorkshopVerb

DOORS_OPEN = timedelta(hours=1)


def check_attendance(registration: Registration) -> None:
    """Raises Refusal with the reason why this person cannot be noted as present now."""
    workshop = registration.workshop
    if workshop.state != Workshop.State.PUBLISHED:
        raise Refusal(_("Diese Veranstaltung findet nicht statt."))
    if timezone.now() < doors_open_at(workshop):
        raise Refusal(_("Anwesenheit können Sie ab einer Stunde vor dem Beginn vermerken."))
    if registration.state != Registration.State.CONFIRMED:
        raise Refusal(
            _("%(name)s hat keinen Platz (Stand: %(state)s).")
            % {"name": registration.person, "state": registration.get_state_display()}
        )


def doors_open_at(workshop: Workshop) -> datetime:
    return workshop.starts_at - DOORS_OPEN


def people_at(workshop: Workshop) -> QuerySet[Registration]:
    """Who holds a place, and whoever was noted as present."""
    rows = Registration.objects.filter(workshop=workshop)
    rows = rows.filter(Q(state=Registration.State.CONFIRMED) | Q(attended_at__isnull=False))
    return rows.select_related("person__organisation", "organisation").order_by(
        "person__last_name", "person__first_name", "pk"
    )


@transaction.atomic
def note_attendance(
    *, workshop: Workshop, present: Collection[int], known: Collection[int], actor: Stakeholder
) -> tuple[int, int]:
    """What a desk changed on its list: who is ticked now, who was ticked when it opened the list, by the numbers of
    their registrations. Whom another desk noted meanwhile stays noted. How many came in and how many were taken out."""
    lock(workshop)
    rows = people_at(workshop).in_bulk({*present, *known})
    coming = [row for pk, row in rows.items() if pk in present and pk not in known and not row.attended_at]
    going = [row for pk, row in rows.items() if pk in known and pk not in present and row.attended_at]
    for row in coming:
        mark_attended(registration=row, actor=actor)
    for row in going:
        unmark_attended(registration=row, actor=actor)
    return len(coming), len(going)


@transaction.atomic
def mark_attended(*, registration: Registration, actor: Stakeholder) -> Registration:
    """Note that somebody is there, from an hour before the start; the first time counts."""
    current = locked_registration(registration)
    if current.attended_at:
        return current
    check_attendance(current)
    current.attended_at = timezone.now()
    current.save(update_fields=["attended_at"])
    at = min(current.attended_at, current.workshop.ends_at)
    note_activity(person=current.person, kind=Kind.ATTENDED, **subject("workshop", current.workshop), at=at)
    note(current, WorkshopVerb.ATTENDANCE_MARKED, actor)
    return current


@transaction.atomic
def unmark_attended(*, registration: Registration, actor: Stakeholder) -> Registration:
    """Take back what was noted by mistake."""
    current = locked_registration(registration)
    if current.attended_at is None:
        return current
    current.attended_at = None
    current.save(update_fields=["attended_at"])
    forget_activity(person=current.person, kind=Kind.ATTENDED, key=subject("workshop", current.workshop)["key"])
    note(current, WorkshopVerb.ATTENDANCE_UNMARKED, actor)
    return current
