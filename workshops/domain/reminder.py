from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F
from django.utils import timezone

from stakeholders.domain.audit import record
from stakeholders.domain.writing import post_outlines
from workshops import mails
from workshops.domain.place import lock
from workshops.models import Registration, Workshop
from workshops.verbs import WorkshopVerb

NOTICE = ExpressionWrapper(F("remind_hours_before") * timedelta(hours=1), output_field=DurationField())


def post_due_reminders(*, now: datetime | None = None) -> int:
    """Remind everybody who holds a place at an event that is near; how many. Each event in its own transaction.

    A beat that was down sends later, but never after the start. Who registers afterwards has just read the
    confirmation and gets no reminder; an event that moves is reminded of anew (see `domain.workshop`).
    """
    moment = now or timezone.now()
    due = Workshop.objects.filter(
        state=Workshop.State.PUBLISHED,
        reminded_at=None,
        remind_hours_before__isnull=False,
        starts_at__gt=moment,
        starts_at__lte=moment + NOTICE,
    )
    return sum(remind(workshop=workshop, now=moment) for workshop in due.order_by("pk"))


@transaction.atomic
def remind(*, workshop: Workshop, now: datetime) -> int:
    locked = lock(workshop)
    due_at = locked.reminder_due_at
    is_due = due_at is not None and due_at <= now < locked.starts_at
    if locked.reminded_at or locked.state != Workshop.State.PUBLISHED or not is_due:
        return 0
    confirmed = Registration.objects.filter(workshop=locked).confirmed().select_related("person", "workshop")
    outlines = [mails.outline("reminder", registration) for registration in confirmed]
    locked.reminded_at = now
    locked.save(update_fields=["reminded_at"])
    record(WorkshopVerb.REMINDERS_POSTED, actor=None, target=locked, facts={"people": len(outlines)})
    post_outlines(outlines)
    return len(outlines)
