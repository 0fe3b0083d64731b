"""Whom a reminder or a message reaches."""

from typing import Any

from django.db.models import QuerySet

from workshops.models import Invitation, Registration, Reminder

Audience = Reminder.Audience
State = Registration.State
OF_REGISTRATIONS: dict[str, dict[str, Any]] = {
    Audience.REGISTERED: {"state": State.CONFIRMED},
    Audience.WAITING: {"state": State.WAITING},
    Audience.ATTENDED: {"attended_at__isnull": False},
}


def recipients(reminder: Reminder) -> QuerySet[Any]:
    """Registrations, or of those who have not answered the invitations; each with person and event."""
    rows: QuerySet[Any] = _unanswered(reminder) if reminder.audience == Audience.UNANSWERED else _registered(reminder)
    return rows.filter(person__is_active=True).select_related("person", "workshop").order_by("pk")


def in_time(rows: QuerySet[Any], reminder: Reminder) -> QuerySet[Any]:
    """Without those whose confirmation, place on the waiting list or invitation came after the reminder was due: they
    have just read everything."""
    since = {
        Audience.REGISTERED: "confirmed_at__lte",
        Audience.WAITING: "registered_at__lte",
        Audience.UNANSWERED: "invited_at__lte",
    }.get(Audience(reminder.audience))
    return rows.filter(**{since: reminder.due_at}) if since else rows


def _registered(reminder: Reminder) -> QuerySet[Registration]:
    rows = Registration.objects.filter(workshop=reminder.workshop_id, **OF_REGISTRATIONS[reminder.audience])
    if reminder.kind:
        rows = rows.filter(kind=reminder.kind)
    return rows.filter(session_places__session=reminder.session_id) if reminder.session_id else rows


def _unanswered(reminder: Reminder) -> QuerySet[Invitation]:
    """Planned reminders leave out those whose wave was reminded: they were told it happens only once."""
    rows = Invitation.objects.sent().filter(workshop=reminder.workshop_id, answer=Invitation.Answer.OPEN)
    registered = Registration.objects.filter(workshop=reminder.workshop_id).current().values("person")
    rows = rows.exclude(person__in=registered)
    return rows if reminder.anchor == Reminder.Anchor.AT_ONCE else rows.exclude(wave__reminded_at__isnull=False)
