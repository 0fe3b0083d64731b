"""manage.py import_polis DIR and export_polis SLUG DIR: a conversation goes into the archive and comes out again."""

from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from stakeholders.models import Stakeholder
from tests.at_once import at_once
from tests.theses.domain.polis_samples import GROUPS, folder_of, generated
from tests.theses.domain.test_conversation_file import same
from theses.domain.conversation import archive, unarchived
from theses.domain.conversation_file import read_conversation
from theses.models import (
    Conversation,
    ConversationAnswer,
    ConversationParticipant,
    ConversationStatement,
    ConversationVote,
    Stance,
    Thesis,
)

pytestmark = pytest.mark.django_db


def imported(folder: Path) -> str:
    out = StringIO()
    call_command("import_polis", folder, stdout=out)
    return out.getvalue().strip()


@pytest.mark.parametrize("changes", [{}, {"participants": None, "groups": GROUPS}, {"votes": None, "summary": None}])
def test_export_gives_back_what_was_imported(tmp_path: Path, changes: dict[str, str | None]) -> None:
    folder = folder_of(tmp_path / "in", **changes)
    slug = imported(folder)
    call_command("export_polis", slug, tmp_path / "out")
    assert same(read_conversation(folder), read_conversation(tmp_path / "out"))
    assert imported(tmp_path / "out") == slug


def test_generated_conversation_survives_with_every_vote(tmp_path: Path) -> None:
    data = read_conversation(generated(tmp_path / "in", seed=2))
    conversation = archive(data=data, name="generated")
    assert same(data, unarchived(conversation))
    assert ConversationVote.objects.count() == 70 * 12
    assert ConversationAnswer.objects.count() == len(data.value)


def test_import_names_the_conversation_after_its_topic(tmp_path: Path) -> None:
    assert imported(folder_of(tmp_path)) == "wie-offen-sollen-werkstatten-sein"
    assert Conversation.objects.get().title == "Wie offen sollen Werkstätten sein?"


def test_without_a_topic_the_folder_gives_the_name(tmp_path: Path) -> None:
    assert imported(folder_of(tmp_path / "Runde 3", summary=None)) == "runde-3"


def test_same_files_are_stored_once_and_others_get_a_slug_of_their_own(tmp_path: Path) -> None:
    slug = imported(folder_of(tmp_path / "a"))
    assert imported(folder_of(tmp_path / "b")) == slug
    assert imported(folder_of(tmp_path / "c", votes=None)) == f"{slug}-2"
    assert Conversation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_same_files_read_twice_at_once_are_stored_once(tmp_path: Path) -> None:
    data = read_conversation(folder_of(tmp_path))
    slugs = {stored.slug for stored in at_once(*[lambda: archive(data=data, name="x")] * 2)}
    assert slugs == set(Conversation.objects.values_list("slug", flat=True))
    assert len(slugs) == 1


def test_import_makes_neither_accounts_nor_theses(tmp_path: Path) -> None:
    imported(folder_of(tmp_path))
    assert not Stakeholder.objects.exists()
    assert not Thesis.objects.exists()
    assert not Stance.objects.exists()


def test_people_and_statements_known_only_by_raw_votes_do_not_count(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, votes="comment-id,voter-id,vote\n0,1,1\n77,88,-1\n")
    imported(folder)
    counted = ConversationParticipant.objects.filter(counted=True).values_list("number", flat=True)
    assert (list(counted), ConversationParticipant.objects.count()) == ([1, 2, 3, 5], 5)
    stored = ConversationStatement.objects.get(number=77)
    assert (stored.counted, stored.described) == (False, False)
    assert same(read_conversation(folder), unarchived(Conversation.objects.get()))


def test_bad_file_stores_nothing(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, votes="comment-id,voter-id,vote\n0,1,1\n0,1,7\n")
    with pytest.raises(CommandError, match="Dort steht „7“") as refusal:
        call_command("import_polis", folder)
    assert refusal.value.returncode == 2
    assert not Conversation.objects.exists()


def test_unknown_slug_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Es gibt keine Konversation „fehlt“") as refusal:
        call_command("export_polis", "fehlt", tmp_path / "out")
    assert refusal.value.returncode == 2
    assert not (tmp_path / "out").exists()


def test_folder_in_use_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    slug = imported(folder)
    with pytest.raises(CommandError, match="kein leerer Ordner") as refusal:
        call_command("export_polis", slug, folder)
    assert refusal.value.returncode == 2


def test_answers_come_out_sorted_whatever_order_the_rows_have(tmp_path: Path) -> None:
    conversation = archive(data=read_conversation(folder_of(tmp_path)), name="x")
    ConversationAnswer.objects.filter(pk=ConversationAnswer.objects.earliest("pk").pk).update(value=1)
    data = unarchived(conversation)
    order = data.participant * len(data.theses) + data.thesis
    assert (np.diff(order) > 0).all()
