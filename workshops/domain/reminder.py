from datetime import datetime

from django.db import transaction
from django.utils import timezone

from stakeholders.domain.audit import record
from stakeholders.domain.writing import post_outlines
from workshops import reminder_mails
from workshops.domain.audience import in_time, recipients
from workshops.domain.place import lock
from workshops.models import Reminder, Workshop
from workshops.verbs import WorkshopVerb

USUAL_HOURS = -48
"""What a new event has: one reminder two days before the start."""


def post_due_reminders(*, now: datetime | None = None) -> int:
    """Post what is due at events that take place; to how many. Each event in its own transaction.

    A beat that was down sends later, but never what has become pointless. Who registers afterwards has just read the
    confirmation and gets no reminder; an event that moves is reminded of anew (see `plan_anew`).
    """
    moment = now or timezone.now()
    due = Reminder.objects.due(moment).select_related("workshop").order_by("workshop", "pk")
    return sum(remind(reminder=row, now=moment) for row in due if row.is_due(moment))


@transaction.atomic
def remind(*, reminder: Reminder, now: datetime) -> int:
    locked = lock(reminder.workshop)
    current = Reminder.objects.filter(pk=reminder.pk, posted_at=None).first()
    if current is None or locked.state != Workshop.State.PUBLISHED:
        return 0
    current.workshop = locked
    if not current.is_due(now):
        return 0
    outlines = [reminder_mails.outline(current, row) for row in in_time(recipients(current), current)]
    current.posted_at = now
    current.save(update_fields=["posted_at"])
    facts: dict[str, object] = {"people": len(outlines), "reminder": current.pk}
    record(WorkshopVerb.REMINDERS_POSTED, actor=None, target=locked, facts=facts)
    post_outlines(outlines)
    return len(outlines)


def plan_anew(before: Workshop, after: Workshop) -> None:
    """What was posted and is due again, because its moment moved, will be posted again. Needs the lock.

    If its new time has passed already, the mail about the new date is all that people get.
    """
    now = timezone.now()
    for reminder in Reminder.objects.planned().filter(workshop=after, posted_at__isnull=False):
        reminder.workshop = before
        moment = reminder.anchored_at
        reminder.workshop = after
        if reminder.anchored_at != moment and reminder.due_at > now:
            reminder.posted_at = None
            reminder.save(update_fields=["posted_at"])
