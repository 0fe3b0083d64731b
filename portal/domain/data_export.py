"""Everything stored about a person as a file for them alone: asked for on a page, prepared by a worker."""

import contextlib
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from portal.domain.export_file import write_archive
from portal.domain.personal_data import collect
from stakeholders.domain.audit import record
from stakeholders.domain.outbox import post
from stakeholders.mails import render_message
from stakeholders.models import DataExport, Stakeholder
from stakeholders.verbs import StakeholderVerb

State = DataExport.State

FOLDER = "exports"
LEASE = timedelta(minutes=10)
"""A worker that tells no progress for so long is taken for dead, and another one begins anew."""

PATIENCE = timedelta(days=1)
"""What has not become ready by then has failed; the person may ask again."""


class LostClaim(Exception):
    """Somebody else has taken over, or the person is gone."""


def request_export(*, person: Stakeholder) -> DataExport:
    """One at a time: a second click finds the request that is already waiting or being worked on."""
    try:
        with transaction.atomic():
            export = DataExport.objects.create(person=person)
            record(StakeholderVerb.EXPORT_REQUESTED, actor=person, target=person)
            return export
    except IntegrityError:
        return DataExport.objects.get(person=person, state__in=(State.REQUESTED, State.RUNNING))


def prepare_due_exports() -> int:
    """How many became ready. Must not be called inside a transaction, because the page shows the progress."""
    ready = 0
    while (export := claim_next(timezone.now())) is not None:
        with contextlib.suppress(LostClaim):
            prepare(export)
            ready += 1
    return ready


@transaction.atomic
def claim_next(now: datetime) -> DataExport | None:
    """The oldest request that nobody works on; several workers pass over what the others are claiming."""
    dead = Q(state=State.RUNNING, claimed_at__lte=now - LEASE)
    waiting = DataExport.objects.filter(Q(state=State.REQUESTED) | dead).order_by("requested_at", "pk")
    export = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("person").first()
    if export is not None:
        export.state, export.claimed_at, export.progress = State.RUNNING, now, 0
        export.save(update_fields=["state", "claimed_at", "progress"])
    return export


def prepare(export: DataExport) -> None:
    """Raises LostClaim, and leaves no file behind, when the row was taken over or is gone."""
    name = f"{FOLDER}/{uuid4()}.zip"
    path = Path(settings.MEDIA_ROOT) / name
    try:
        with translation.override(export.person.language):
            data = collect(export.person, tell=lambda percent: _tell(export, percent))
            write_archive(path, export.person, data)
        _finish(export, name)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def expire_exports(*, now: datetime) -> int:
    """Delete files whose time is over and files that belong to no row any more; the rows keep their dates."""
    over = DataExport.objects.filter(state=State.READY, expires_at__lte=now)
    count = sum(_expire(export) for export in over)
    stuck = DataExport.objects.filter(state__in=(State.REQUESTED, State.RUNNING), requested_at__lte=now - PATIENCE)
    stuck.update(state=State.FAILED)
    _remove_strays(now)
    return count


def file_of(export: DataExport) -> Path:
    return Path(settings.MEDIA_ROOT) / str(export.file)


def _tell(export: DataExport, percent: int) -> None:
    """Prolongs the claim, too."""
    now = timezone.now()
    if not _claimed(export).update(progress=percent, claimed_at=now):
        raise LostClaim
    export.claimed_at = now


@transaction.atomic
def _finish(export: DataExport, name: str) -> None:
    now = timezone.now()
    expires_at = now + timedelta(days=settings.RETENTION["exports"])
    changes = {"state": State.READY, "progress": 100, "file": name, "ready_at": now, "expires_at": expires_at}
    if not _claimed(export).update(**changes, claimed_at=None):
        raise LostClaim
    for earlier in DataExport.objects.filter(person=export.person, state=State.READY).exclude(pk=export.pk):
        transaction.on_commit(partial(_expire, earlier))
    context: dict[str, object] = {"expires_at": expires_at}
    key = f"data_export:{export.pk}:ready"
    post(render_message("portal/data_export_ready", key=key, kind="data_export", person=export.person, context=context))


def _claimed(export: DataExport) -> QuerySet[DataExport]:
    return DataExport.objects.filter(pk=export.pk, state=State.RUNNING, claimed_at=export.claimed_at)


def _expire(export: DataExport) -> int:
    """The file first: a row that still names a file would leave it lying if the worker died in between."""
    file_of(export).unlink(missing_ok=True)
    return DataExport.objects.filter(pk=export.pk, state=State.READY).update(state=State.EXPIRED, file="")


def _remove_strays(now: datetime) -> None:
    """Files of killed workers and of people who have gone, once nobody can be writing them any more."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    if not folder.is_dir():
        return
    known = {
        Path(str(name)).name for name in DataExport.objects.filter(state=State.READY).values_list("file", flat=True)
    }
    for path in folder.iterdir():
        age = now.timestamp() - path.stat().st_mtime
        if path.name not in known and age > PATIENCE.total_seconds():
            path.unlink(missing_ok=True)
