"""Reading and writing the files of a Polis export."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.theses.domain.polis_samples import GROUPS, MATRIX, VOTES, folder_of, generated
from theses.domain import csv_lines
from theses.domain.conversation_data import ConversationData, ConversationError, digest, without_moderated
from theses.domain.conversation_file import read_conversation
from theses.domain.conversation_writing import write_conversation


def same(one: ConversationData, other: ConversationData) -> bool:
    arrays = ("participants", "theses", "group", "participant", "thesis", "value")
    raw = [(data.raw is None or [*map(list, vars(data.raw).values())]) for data in (one, other)]
    return (
        all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)
        and (one.groups, one.statements, one.summary) == (other.groups, other.statements, other.summary)
        and raw[0] == raw[1]
        and np.array_equal(one.comments, other.comments)  # type: ignore[arg-type]
    )


def test_matrix_gives_people_groups_and_latest_answers(tmp_path: Path) -> None:
    data = read_conversation(folder_of(tmp_path))
    assert (data.participants.tolist(), data.theses.tolist()) == ([1, 2, 3, 5], [0, 1, 2])
    assert (data.groups, data.group.tolist()) == (("0", "1"), [0, -1, 1, 1])
    answers = list(zip(data.participant.tolist(), data.thesis.tolist(), data.value.tolist(), strict=True))
    assert answers == [(0, 0, 1), (0, 1, -1), (1, 1, 1), (2, 0, 1), (2, 1, 0), (2, 2, 1)]
    assert data.raw is not None
    assert len(data.raw.value) == 7
    assert [said.text for said in data.statements][1] == "Zwei\nZeilen und „Anführung“"
    assert data.moderated_out().tolist() == [False, False, True]
    assert data.comments is not None
    assert data.comments.tolist() == [2, 0, 2, 0]


def test_votes_give_the_same_answers_by_their_time(tmp_path: Path) -> None:
    matrix = read_conversation(folder_of(tmp_path / "a"))
    votes = read_conversation(folder_of(tmp_path / "b", participants=None, groups=GROUPS))
    assert votes.participants.tolist() == [1, 2, 3]
    assert (votes.groups, votes.group.tolist()) == (("0", "1"), [0, -1, 1])
    for name in ("theses", "participant", "thesis", "value"):
        np.testing.assert_array_equal(getattr(matrix, name), getattr(votes, name))


def test_without_times_the_last_row_of_a_pair_counts(tmp_path: Path) -> None:
    votes = "comment-id,voter-id,vote\n0,1,1\n0,1,-1\n"
    data = read_conversation(folder_of(tmp_path, participants=None, votes=votes, comments=None, summary=None))
    assert data.value.tolist() == [-1]


@pytest.mark.parametrize("changes", [{}, {"participants": None, "groups": GROUPS}, {"votes": None, "summary": None}])
def test_what_was_written_is_read_again(tmp_path: Path, changes: dict[str, str | None]) -> None:
    data = read_conversation(folder_of(tmp_path / "in", **changes))
    write_conversation(data, tmp_path / "deep" / "out")
    assert same(data, read_conversation(tmp_path / "deep" / "out"))
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]


def test_written_matrix_leaves_out_what_names_people_elsewhere(tmp_path: Path) -> None:
    write_conversation(read_conversation(folder_of(tmp_path / "in")), tmp_path / "out")
    expected = "\n".join(
        ",".join(cell for n, cell in enumerate(row.split(",")) if n != 1) for row in MATRIX.split("\n")
    )
    assert (tmp_path / "out" / "participants-votes.csv").read_text() == expected
    assert (tmp_path / "out" / "votes.csv").read_text() == VOTES


def test_hash_is_the_same_for_raw_votes_and_for_their_matrix(tmp_path: Path) -> None:
    data = read_conversation(generated(tmp_path / "in", seed=1))
    write_conversation(data, tmp_path / "out")
    (tmp_path / "out" / "votes.csv").unlink()
    again = read_conversation(tmp_path / "out")
    assert again.raw is None
    assert digest(again, {"seed": 1}) == digest(data, {"seed": 1}) != digest(data, {"seed": 2})


@pytest.mark.parametrize("column", ["participants", "group", "value", "thesis"])
def test_hash_depends_on_everything_that_counts(tmp_path: Path, column: str) -> None:
    data = read_conversation(folder_of(tmp_path))
    changed = getattr(data, column).copy()
    changed[0] = {"participants": 0, "group": 1, "value": -1, "thesis": 2}[column]
    assert digest(replace(data, **{column: changed}), {}) != digest(data, {})


def test_moderated_out_theses_can_be_left_out(tmp_path: Path) -> None:
    data = without_moderated(read_conversation(folder_of(tmp_path)))
    assert data.theses.tolist() == [0, 1]
    assert (data.thesis.tolist(), data.value.tolist()) == ([0, 1, 1, 0, 1], [1, -1, 1, 1, 0])
    assert len(data.participants) == 4


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"participants": None, "votes": None}, "liegt weder participants-votes.csv noch votes.csv"),
        ({"participants": ""}, "participants-votes.csv: Die Spalte „participant“ fehlt"),
        ({"participants": "group-id,0\n1,1\n"}, "Die Spalte „participant“ fehlt"),
        ({"participants": "participant,0\n1,2\n"}, "Zeile 2, Spalte „0“: Dort steht „2“. Erwartet wird: 1, 0, -1"),
        ({"participants": "participant,0\n1,1.0\n"}, "Dort steht „1.0“"),
        ({"participants": "participant,0\n1,1\n1,0\n"}, "Zeile 3.*jede Nummer nur einmal"),
        ({"participants": "participant,0\n-1,1\n"}, "Dort steht „-1“"),
        ({"participants": f"participant,0\n{'9' * 30},1\n"}, "eine ganze Zahl von 0 bis 2147483647"),
        ({"participants": "participant,0,0\n1,1,1\n"}, "kommt mehrfach vor"),
        ({"participants": "participant,0,00\n1,1,1\n"}, "kommt mehrfach vor"),
        ({"participants": "participant,Frage\n1,1\n"}, "„Frage“ ist keine Nummer"),
        ({"participants": "participant,0\n1\n"}, "Die Zeile hat 1 Felder, der Kopf hat 2"),
        ({"participants": f"participant,group-id,0\n1,{'x' * 81},1\n"}, "höchstens 80 Zeichen"),
        ({"participants": 'participant,0\n1,"1\n'}, "keine gültige CSV-Tabelle"),
        ({"participants": "participant,0\n1,\0\n"}, "unzulässiges Steuerzeichen"),
        ({"votes": "comment-id,voter-id\n0,1\n"}, "votes.csv: Die Spalte „vote“ fehlt"),
        ({"votes": "comment-id,voter-id,vote\n0,1,5\n"}, "votes.csv, Zeile 2, Spalte „vote“: Dort steht „5“"),
        ({"votes": "comment-id,voter-id,vote\n0,,1\n"}, "Spalte „voter-id“: Dort steht „“"),
        ({"votes": f"comment-id,voter-id,vote,timestamp\n0,1,1,{10**18}\n"}, "Spalte „timestamp“"),
        ({"comments": "comment-id\n0\n"}, "comments.csv: Die Spalte „comment-body“ fehlt"),
        ({"comments": "comment-id,comment-body\n0,a\n0,b\n"}, "jede Nummer nur einmal"),
        ({"comments": f"comment-id,comment-body\n0,{'x' * 20_001}\n"}, "höchstens 20000 Zeichen"),
        ({"comments": f"comment-id,comment-body\n0,{'x' * 200_000}\n"}, "keine gültige CSV-Tabelle"),
        ({"comments": "comment-id,comment-body,moderated\n0,a,2\n"}, "Spalte „moderated“: Dort steht „2“"),
        ({"participants": None, "groups": "voter-id\n1\n"}, "groups.csv: Die Spalte „group“ fehlt"),
        ({"participants": None, "groups": "voter-id,group\n1,a\n1,b\n"}, "jede Nummer nur einmal"),
        ({"summary": f"topic,{'x' * 20_001}\n"}, "summary.csv: Ein Text ist länger als 20000 Zeichen"),
    ],
)
def test_faulty_file_gets_one_sentence_with_the_place(
    tmp_path: Path, changes: dict[str, str | None], sentence: str
) -> None:
    with pytest.raises(ConversationError, match=sentence) as refusal:
        read_conversation(folder_of(tmp_path, **changes))
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 300


def test_summary_takes_values_with_commas_and_names_without_values(tmp_path: Path) -> None:
    data = read_conversation(folder_of(tmp_path, summary="topic,Kurz, aber gut\nurl\n"))
    assert data.summary == (("topic", "Kurz, aber gut"), ("url", ""))


def test_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "comments.csv").write_bytes("comment-id,comment-body\n0,Werkstätten\n".encode("latin-1"))
    with pytest.raises(ConversationError, match=r"comments\.csv: Die Datei ist nicht in UTF-8"):
        read_conversation(folder)


def test_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "participants-votes.csv").write_text(MATRIX, encoding="utf-8-sig")
    assert read_conversation(folder).participants.tolist() == [1, 2, 3, 5]


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    with (folder / "votes.csv").open("r+b") as file:
        file.truncate(csv_lines.LARGEST_FILE + 1)
    with pytest.raises(ConversationError, match=r"votes\.csv: Die Datei ist größer als 512 MB"):
        read_conversation(folder)


def test_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, comments=None)
    (folder / "comments.csv").mkdir()
    with pytest.raises(ConversationError, match="nicht lesbar"):
        read_conversation(folder)


def test_folder_that_holds_something_is_not_overwritten(tmp_path: Path) -> None:
    data = read_conversation(folder_of(tmp_path / "in"))
    folder_of(tmp_path / "out", votes="alt")
    with pytest.raises(ConversationError, match="kein leerer Ordner"):
        write_conversation(data, tmp_path / "out")
    assert (tmp_path / "out" / "votes.csv").read_text() == "alt"


def test_folder_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    data = read_conversation(folder_of(tmp_path / "in"))
    (tmp_path / "file").write_text("")
    with pytest.raises(ConversationError, match="lässt sich nicht schreiben"):
        write_conversation(data, tmp_path / "file" / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "in"]


@given(st.text(max_size=60))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_any_text_in_place_of_the_matrix_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "participants-votes.csv").write_text(f"participant,0\n{text}", encoding="utf-8", errors="ignore")
    with suppress(ConversationError):
        data = read_conversation(folder)
        assert len(data.value) <= len(data.participants)
