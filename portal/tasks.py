from celery import shared_task
from django.utils import timezone

from portal.domain import data_export, retention


@shared_task  # type: ignore[untyped-decorator]
def prepare_data_exports() -> int:
    """Runs every three seconds and on several workers at once; what a killed one leaves, a later run takes."""
    return data_export.prepare_due_exports()


@shared_task  # type: ignore[untyped-decorator]
def apply_retention() -> int:
    """Runs every hour; hours or days left out are caught up by the next run."""
    return sum(retention.apply_retention(now=timezone.now()).values())
