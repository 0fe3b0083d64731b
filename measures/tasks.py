from celery import shared_task

from measures.domain import catalogue


@shared_task  # type: ignore[untyped-decorator]
def publish_due_measures() -> int:
    """Runs every minute; what is due stays due until it is published."""
    return catalogue.publish_due()
