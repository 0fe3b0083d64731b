from celery import shared_task

from stakeholders.domain.delivery import deliver_due


@shared_task(name="stakeholders.tasks.deliver_due_mail")  # type: ignore[untyped-decorator]
def deliver_due_mail() -> int:
    """Runs every two seconds and on several workers at once; what it leaves, the next run takes."""
    return deliver_due()
