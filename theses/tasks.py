from celery import shared_task

from theses.domain import stance


@shared_task  # type: ignore[untyped-decorator]
def recount_stances() -> int:
    """Runs every five minutes; see `Thesis.stance_count`."""
    return stance.recount_stances()
