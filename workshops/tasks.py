from celery import shared_task

from workshops.domain import reminder


@shared_task  # type: ignore[untyped-decorator]
def post_due_reminders() -> int:
    """Runs every minute; the outbox takes over from here."""
    return reminder.post_due_reminders()
