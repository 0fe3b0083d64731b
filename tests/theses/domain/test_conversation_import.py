"""Uploaded files are read by the worker, and archived only after the office has seen what would be stored."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation

from stakeholders.domain.refusal import Refusal
from stakeholders.models import AuditEntry
from tests.at_once import at_once
from tests.cast import Cast
from tests.theses.domain.polis_samples import COMMENTS, FILES, GROUPS, MATRIX, VOTES, folder_of
from tests.theses.domain.test_conversation_file import same
from theses.domain import conversation_import
from theses.domain.conversation import unarchived
from theses.domain.conversation_file import read_conversation
from theses.domain.conversation_import import (
    KEPT_FOR,
    confirm_conversation,
    discard_conversation,
    upload_conversation,
)
from theses.domain.conversation_upload import packed
from theses.models import Conversation, ConversationImport
from theses.tasks import forget_old_conversation_imports, work_on_conversation_imports

State = ConversationImport.State


def uploaded(cast: Cast, **changes: str) -> ConversationImport:
    """The sample files; `changes` by the name of the file without its ending and with _ for -."""
    tables = {**FILES, **{f"{name.replace('_', '-')}.csv": text for name, text in changes.items()}}
    content = packed([(name, text.encode()) for name, text in tables.items()])
    return upload_conversation(content=content, title="Runde 3", actor=cast.project_office)


def worked(row: ConversationImport) -> ConversationImport:
    work_on_conversation_imports()
    row.refresh_from_db()
    return row


def verbs() -> list[str]:
    return list(
        AuditEntry.objects.filter(verb__startswith="conversation").order_by("pk").values_list("verb", flat=True)
    )


def test_the_dry_run_tells_what_would_be_stored_and_stores_nothing(cast: Cast) -> None:
    row = worked(uploaded(cast))
    assert (row.state, Conversation.objects.count()) == (State.READY, 0)
    assert row.counts == {
        "participants": 4,
        "theses": 3,
        "answers": 6,
        "votes": 7,
        "statements": 4,
        "groups": [["0", 1], ["1", 2], ["none", 1]],
        "known": "",
    }


def test_what_is_confirmed_stands_in_the_archive_as_the_command_stores_it(cast: Cast, tmp_path: Path) -> None:
    row = worked(uploaded(cast))
    confirm_conversation(conversation_import=row, actor=cast.project_office)
    confirm_conversation(conversation_import=row, actor=cast.project_office)
    row = worked(row)
    assert (row.state, bytes(row.content)) == (State.DONE, b"")
    assert row.conversation == Conversation.objects.get()
    assert same(read_conversation(folder_of(tmp_path)), unarchived(Conversation.objects.get()))
    assert verbs() == ["conversation_uploaded", "conversation_imported"]
    assert AuditEntry.objects.get(verb="conversation_imported").facts["answers"] == 6


def test_the_same_conversation_is_known_and_stored_once(cast: Cast) -> None:
    for known in ("", "wie-offen-sollen-werkstatten-sein"):
        row = worked(uploaded(cast))
        assert row.counts["known"] == known
        confirm_conversation(conversation_import=row, actor=cast.project_office)
        row = worked(row)
        assert row.conversation == Conversation.objects.get()


def test_without_a_topic_the_title_of_the_upload_counts(cast: Cast) -> None:
    row = worked(uploaded(cast, summary="url,x\n"))
    confirm_conversation(conversation_import=row, actor=cast.project_office)
    worked(row)
    assert Conversation.objects.get().title == "Runde 3"


def test_every_faulty_file_is_told_with_its_line(cast: Cast) -> None:
    changes = {"participants_votes": MATRIX + "7,,0,0,0,0,0,5,,\n", "votes": VOTES + "1,x,a,1,1\n"}
    row = worked(uploaded(cast, comments=COMMENTS + "1,x,0,1,0,0,0,doppelt\n", **changes))
    assert (row.state, bytes(row.content)) == (State.FAILED, b"")
    sentences = row.trouble.splitlines()
    assert [sentence.split(", Spalte")[0] for sentence in sentences] == [
        "participants-votes.csv, Zeile 6",
        "votes.csv, Zeile 9",
        "comments.csv, Zeile 7",
    ]
    assert "Dort steht „5“" in sentences[0]
    assert not Conversation.objects.exists()


def test_a_fault_in_the_groups_is_told(cast: Cast) -> None:
    content = packed([("votes.csv", VOTES.encode()), ("groups.csv", (GROUPS + "3,2\n").encode())])
    row = worked(upload_conversation(content=content, title="x", actor=cast.project_office))
    assert row.trouble.startswith("groups.csv, Zeile 5, Spalte „voter-id“")


def test_faults_are_told_in_the_language_of_the_upload(cast: Cast) -> None:
    with translation.override("en"):
        row = uploaded(cast, votes="comment-id,voter-id,vote\n0,1,7\n")
    assert "Zeile" not in worked(row).trouble


def test_what_is_discarded_leaves_nothing(cast: Cast) -> None:
    row = worked(uploaded(cast))
    discard_conversation(conversation_import=row, actor=cast.project_office)
    discard_conversation(conversation_import=row, actor=cast.project_office)
    row = worked(row)
    assert (row.state, bytes(row.content), Conversation.objects.count()) == (State.DISCARDED, b"", 0)
    assert verbs() == ["conversation_uploaded", "conversation_discarded"]


@pytest.mark.parametrize("state", [State.WAITING, State.DISCARDED, State.FAILED])
def test_only_what_was_checked_is_confirmed(cast: Cast, state: str) -> None:
    row = uploaded(cast)
    ConversationImport.objects.filter(pk=row.pk).update(state=state)
    with pytest.raises(Refusal, match="schon entschieden" if state != State.WAITING else "noch geprüft"):
        confirm_conversation(conversation_import=row, actor=cast.project_office)


@pytest.mark.parametrize("state", [State.CONFIRMED, State.DONE])
def test_what_is_taken_over_is_not_discarded_any_more(cast: Cast, state: str) -> None:
    row = uploaded(cast)
    ConversationImport.objects.filter(pk=row.pk).update(state=state)
    with pytest.raises(Refusal, match="schon entschieden"):
        discard_conversation(conversation_import=row, actor=cast.project_office)


def test_a_fault_of_ours_fails_one_import_and_not_the_next(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = uploaded(cast), uploaded(cast)
    ConversationImport.objects.filter(pk=broken.pk).update(content=b"PK")
    assert worked(sound).state == State.READY
    broken.refresh_from_db()
    assert (broken.state, bytes(broken.content)) == (State.FAILED, b"")
    assert "ein Fehler aufgetreten" in broken.trouble


def test_what_nobody_confirms_is_forgotten_after_a_week(cast: Cast) -> None:
    old, young = worked(uploaded(cast)), worked(uploaded(cast))
    before = timezone.now() - KEPT_FOR - timedelta(minutes=1)
    ConversationImport.objects.filter(pk=old.pk).update(created_at=before)
    assert (forget_old_conversation_imports(), forget_old_conversation_imports()) == (1, 0)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.state, bytes(old.content), young.state) == (State.DISCARDED, b"", State.READY)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_read_each_import_once(cast: Cast) -> None:
    rows = [uploaded(cast) for _number in range(4)]
    assert sum(at_once(*[conversation_import.work_on_imports] * 2)) == len(rows)
    assert set(ConversationImport.objects.values_list("state", flat=True)) == {State.READY}
