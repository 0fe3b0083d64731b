from celery import shared_task

from measures.domain import catalogue, round_mail


@shared_task  # type: ignore[untyped-decorator]
def publish_due_measures() -> int:
    """Runs every minute; what is due stays due until it is published."""
    return catalogue.publish_due()


@shared_task  # type: ignore[untyped-decorator]
def look_at_rounds() -> None:
    """Runs every minute; first closes, so that nobody is told of a round that is over."""
    round_mail.close_due()
    round_mail.open_due()
    round_mail.remind_due()
