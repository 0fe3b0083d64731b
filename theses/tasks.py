from celery import shared_task

from theses.domain import conversation_import, digest, evaluation, lineage, opinion_map, stance


@shared_task  # type: ignore[untyped-decorator]
def recount_stances() -> int:
    """Runs every five minutes; see `Thesis.stance_count`."""
    return stance.recount_stances()


@shared_task  # type: ignore[untyped-decorator]
def post_digests() -> None:
    """Runs in the morning, several times, because a mail that was posted already is not posted again."""
    digest.post_digests()


@shared_task  # type: ignore[untyped-decorator]
def look_at_lineage() -> int:
    """Runs every ten minutes; looking again adds nothing."""
    return lineage.look()


@shared_task  # type: ignore[untyped-decorator]
def refresh_results() -> int:
    """Runs every five minutes; what is computed again is what has changed since."""
    return evaluation.refresh_results()


@shared_task  # type: ignore[untyped-decorator]
def refresh_groups() -> bool:
    """Runs once an hour: with a hundred thousand people it computes for minutes."""
    return opinion_map.refresh_groups()


@shared_task  # type: ignore[untyped-decorator]
def work_on_conversation_imports() -> int:
    """Runs every five seconds and on several workers at once: reads uploaded conversations, archives the confirmed."""
    return conversation_import.work_on_imports()


@shared_task  # type: ignore[untyped-decorator]
def forget_old_conversation_imports() -> int:
    """Runs every night."""
    return conversation_import.forget_old_imports()
