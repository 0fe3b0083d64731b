from celery import shared_task

from workshops.domain import admission, reminder


@shared_task  # type: ignore[untyped-decorator]
def post_due_reminders() -> int:
    """Runs every minute; the outbox takes over from here."""
    return reminder.post_due_reminders()


@shared_task  # type: ignore[untyped-decorator]
def lapse_offers() -> int:
    """Runs every minute; places that nobody confirmed in time go to the next."""
    return admission.lapse_offers()
