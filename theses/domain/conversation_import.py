"""Taking over a conversation from elsewhere: uploaded, read without storing anything, then archived as a whole or
thrown away.

WAITING -> READY -> CONFIRMED -> DONE; DISCARDED by hand or by time; FAILED when the files are faulty. What takes long
(WAITING and CONFIRMED) is done by a worker that looks for such rows; the pages only change the state.
"""

import logging
import tempfile
from datetime import timedelta
from pathlib import Path

import numpy as np
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from theses.domain.conversation import archive, archived
from theses.domain.conversation_data import NO_GROUP, ConversationData, ConversationError
from theses.domain.conversation_file import faults, read_conversation
from theses.domain.conversation_upload import unpack
from theses.models import ConversationImport
from theses.verbs import ThesisVerb

logger = logging.getLogger(__name__)

State = ConversationImport.State

KEPT_FOR = timedelta(days=7)
"""How long files that nobody confirms stay."""


@transaction.atomic
def upload_conversation(*, content: bytes, title: str, actor: Stakeholder) -> ConversationImport:
    """Keeps for the worker what `conversation_upload.packed` accepted."""
    row = ConversationImport.objects.create(content=content, title=title, language=translation.get_language() or "de")
    record(ThesisVerb.CONVERSATION_UPLOADED, actor=actor, target=row, label=_label(row))
    return row


@transaction.atomic
def confirm_conversation(*, conversation_import: ConversationImport, actor: Stakeholder) -> None:
    """The worker will archive what the dry run announced. Confirming twice is harmless."""
    row = _locked(conversation_import)
    if row.state in (State.CONFIRMED, State.DONE):
        return
    check_ready(row)
    row.state = State.CONFIRMED
    row.save(update_fields=["state"])
    facts: dict[str, object] = {name: row.counts[name] for name in ("participants", "theses", "answers", "votes")}
    record(ThesisVerb.CONVERSATION_IMPORTED, actor=actor, target=row, label=_label(row), facts=facts)


@transaction.atomic
def discard_conversation(*, conversation_import: ConversationImport, actor: Stakeholder) -> None:
    """Throws the files away. Discarding twice is harmless."""
    row = _locked(conversation_import)
    if row.state == State.DISCARDED:
        return
    check_ready(row)
    _finish(row, State.DISCARDED)
    record(ThesisVerb.CONVERSATION_DISCARDED, actor=actor, target=row, label=_label(row))


def check_ready(row: ConversationImport) -> None:
    if row.state == State.WAITING:
        raise Refusal(_("Die Dateien werden noch geprüft. Bitte warten Sie einen Augenblick."))
    if row.state != State.READY:
        raise Refusal(_("Über diesen Import ist schon entschieden. Bitte laden Sie die Dateien noch einmal hoch."))


def work_on_imports() -> int:
    """Reads what waits and archives what is confirmed; returns how many imports were worked on.

    Several workers share the work. An import that provokes a fault of ours is marked as failed, so that it does not
    come back every few seconds.
    """
    worked = 0
    while _work_on_one():
        worked += 1
    return worked


def forget_old_imports() -> int:
    """Throws away what nobody confirmed for a week; returns how many. All others hold no files any more."""
    open_states = (State.WAITING, State.READY, State.CONFIRMED)
    old = ConversationImport.objects.filter(state__in=open_states, created_at__lt=timezone.now() - KEPT_FOR)
    with transaction.atomic():
        rows = list(old.select_for_update(skip_locked=True, of=("self",), no_key=True).defer("content"))
        for row in rows:
            _finish(row, State.DISCARDED)
            record(ThesisVerb.CONVERSATION_DISCARDED, actor=None, target=row, label=_label(row))
    return len(rows)


def _work_on_one() -> bool:
    waiting = ConversationImport.objects.filter(state__in=(State.WAITING, State.CONFIRMED)).order_by("pk")
    number: int | None = None
    try:
        with transaction.atomic():
            row = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
            if row is None:
                return False
            number = row.pk
            with translation.override(row.language):
                _work_on(row)
    except Exception:
        logger.exception("Import of conversation %s failed", number)
        if number is None:
            return False
        _fail(number)
    return True


def _work_on(row: ConversationImport) -> None:
    with tempfile.TemporaryDirectory(prefix="zwi-conversation-") as name:
        folder = Path(name)
        unpack(bytes(row.content), folder)
        try:
            data = read_conversation(folder)
        except ConversationError as fault:
            _finish(row, State.FAILED, trouble="\n".join(faults(folder) or [str(fault)]))
            return
    if row.state == State.CONFIRMED:
        row.conversation = archive(data=data, name=row.title)
        _finish(row, State.DONE)
        return
    row.counts, row.state = _counts(data), State.READY
    row.save(update_fields=["counts", "state"])


def _counts(data: ConversationData) -> dict[str, object]:
    known = archived(data)
    sizes = np.bincount(data.group + 1, minlength=len(data.groups) + 1).tolist()
    return {
        "participants": len(data.participants),
        "theses": len(data.theses),
        "answers": len(data.value),
        "votes": 0 if data.raw is None else len(data.raw.value),
        "statements": len(data.statements),
        "groups": [*zip(data.groups, sizes[1:], strict=True), (NO_GROUP, sizes[0])],
        "known": known.slug if known else "",
    }


def _finish(row: ConversationImport, state: State, trouble: str = "") -> None:
    """Whatever the end: the files do not stay."""
    row.state, row.trouble, row.finished_at, row.content = state, trouble, timezone.now(), b""
    row.save(update_fields=["state", "trouble", "finished_at", "content", "conversation"])


def _fail(number: int) -> None:
    with transaction.atomic():
        row = ConversationImport.objects.select_for_update(of=("self",), no_key=True).defer("content").get(pk=number)
        with translation.override(row.language):
            sentence = _(
                "Beim Verarbeiten ist ein Fehler aufgetreten; nichts wurde gespeichert. "
                "Bitte laden Sie die Dateien noch einmal hoch."
            )
        _finish(row, State.FAILED, trouble=sentence)


def _locked(conversation_import: ConversationImport) -> ConversationImport:
    rows = ConversationImport.objects.select_for_update(of=("self",), no_key=True).defer("content")
    return rows.get(pk=conversation_import.pk)


def _label(row: ConversationImport) -> str:
    """By number: the name of a file may name people, and the audit log forgets nothing."""
    return f"{ConversationImport._meta.verbose_name} {row.pk}"
