from pathlib import Path

from celery import shared_task
from django.conf import settings

from stakeholders.domain import contact_import, mandate_term
from stakeholders.domain.bounce_folder import read_folder
from stakeholders.domain.delivery import deliver_due
from stakeholders.domain.writing import write_due


@shared_task(name="stakeholders.tasks.deliver_due_mail")  # type: ignore[untyped-decorator]
def deliver_due_mail() -> int:
    """Runs every two seconds and on several workers at once; what it leaves, the next run takes."""
    write_due()
    return deliver_due()


@shared_task  # type: ignore[untyped-decorator]
def work_on_contact_imports() -> int:
    """Runs every three seconds and on several workers at once: checks uploaded lists, writes the confirmed ones."""
    return contact_import.work_on_imports()


@shared_task  # type: ignore[untyped-decorator]
def forget_old_contact_imports() -> int:
    """Runs every night."""
    return contact_import.forget_old_imports()


@shared_task  # type: ignore[untyped-decorator]
def end_mandates() -> int:
    """Runs every night; also announces what ends in two weeks. A night left out is caught up by the next one."""
    mandate_term.post_reminders()
    return mandate_term.end_expired()


@shared_task  # type: ignore[untyped-decorator]
def read_bounces() -> int:
    """Runs every minute; without a folder there is nothing to read."""
    return read_folder(Path(settings.BOUNCE_FOLDER)) if settings.BOUNCE_FOLDER else 0
