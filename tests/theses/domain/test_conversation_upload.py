"""What of an upload is refused at once, with a sentence, and what goes on to the worker."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from tests.theses.domain.polis_samples import COMMENTS, FILES, GROUPS, VOTES
from theses.domain import conversation_upload
from theses.domain.conversation_data import ConversationError
from theses.domain.conversation_upload import LARGEST_UNPACKED, LARGEST_UPLOAD, MOST_MEMBERS, packed, unpack

TABLES = {name: text.encode() for name, text in FILES.items()}


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as archive:
        for name, table in members.items():
            archive.writestr(name, table)
    return content.getvalue()


def unpacked(content: bytes, folder: Path) -> dict[str, bytes]:
    unpack(content, folder)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")}


def test_a_zip_file_and_single_tables_give_the_same(tmp_path: Path) -> None:
    for number, files in enumerate(([("export.zip", zipped(TABLES))], list(TABLES.items()))):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert unpacked(packed(files), folder) == TABLES


def test_tables_in_a_folder_are_found_and_other_files_passed_over(tmp_path: Path) -> None:
    members = {f"export/{name}": table for name, table in TABLES.items()}
    members |= {"__MACOSX/export/votes.csv": b"x", "export/readme.txt": b"\xff", "votes.csv/": b""}
    assert unpacked(packed([("x.zip", zipped(members))]), tmp_path) == TABLES


def test_the_signature_counts_and_not_the_name(tmp_path: Path) -> None:
    assert unpacked(packed([("votes.csv", zipped(TABLES))]), tmp_path) == TABLES


@pytest.mark.parametrize(
    "path", ["../votes.csv", "a/../../votes.csv", "/etc/votes.csv", "..\\votes.csv", "C:/votes.csv"]
)
def test_a_path_that_leaves_the_folder_is_refused(path: str) -> None:
    with pytest.raises(ConversationError, match="unzulässigen Pfad"):
        packed([("x.zip", zipped({**TABLES, path: b"1"}))])


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({**TABLES, "votes.csv": bytes(LARGEST_UNPACKED)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_args: pytest.fail("was unpacked"))
    with pytest.raises(ConversationError, match="Ausgepackt sind die Dateien größer als 60 MB"):
        packed([("x.zip", bomb)])


def test_a_zip_file_that_lies_about_its_sizes_is_refused() -> None:
    content = bytearray(zipped({"votes.csv": VOTES.encode() + b"0,0,0,1,1\n" * 100_000}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 100)
    with pytest.raises(ConversationError, match="ZIP-Datei ist beschädigt"):
        packed([("x.zip", bytes(content))])


def test_a_zip_file_cut_off_anywhere_is_refused_with_a_sentence() -> None:
    content = zipped(TABLES)
    for end in range(4, len(content), 7):
        with pytest.raises(ConversationError):
            packed([("x.zip", content[:end])])


def test_a_zip_file_with_any_byte_changed_is_read_or_refused_with_a_sentence(tmp_path: Path) -> None:
    content = zipped({"votes.csv": VOTES.encode()})
    refused = 0
    for place in range(4, len(content)):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        try:
            unpack(packed([("x.zip", bytes(changed))]), tmp_path)
        except ConversationError:
            refused += 1
    assert refused > len(content) / 2


def test_a_zip_file_with_a_password_is_refused() -> None:
    content = bytearray(zipped({"votes.csv": VOTES.encode()}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ConversationError, match="Kennwort"):
        packed([("x.zip", bytes(content))])


def test_unusual_packing_is_refused() -> None:
    with pytest.raises(ConversationError, match="ungewöhnlich gepackt"):
        packed([("x.zip", zipped(TABLES, zipfile.ZIP_LZMA))])


def test_the_same_table_twice_is_refused() -> None:
    with pytest.raises(ConversationError, match=r"liegt votes\.csv mehrfach"):
        packed([("x.zip", zipped({"a/votes.csv": b"1", "b/votes.csv": b"1"}))])
    with pytest.raises(ConversationError, match=r"Die Datei votes\.csv ist mehrfach ausgewählt"):
        packed([("votes.csv", VOTES.encode())] * 2)


def test_too_many_members_are_refused() -> None:
    with pytest.raises(ConversationError, match="mehr als 500 Dateien"):
        packed([("x.zip", zipped({f"{number}.txt": b"" for number in range(MOST_MEMBERS + 1)}))])


def test_no_zip_file_is_refused_by_its_signature() -> None:
    with pytest.raises(ConversationError, match=r"export\.zip ist keine ZIP-Datei"):
        packed([("export.zip", b"%PDF-1.7")])


def test_a_zip_file_beside_tables_is_refused() -> None:
    with pytest.raises(ConversationError, match="entweder eine ZIP-Datei oder einzelne"):
        packed([("x.zip", zipped(TABLES)), ("votes.csv", VOTES.encode())])


def test_a_file_of_another_name_is_refused() -> None:
    with pytest.raises(ConversationError, match=r"„kontakte\?\.csv“ gehört nicht zu einem Polis-Export"):
        packed([("kontakte\x00.csv", b"a,b")])


@pytest.mark.parametrize("files", [{"comments.csv": COMMENTS}, {"comments.csv": COMMENTS, "groups.csv": GROUPS}])
def test_without_answers_it_is_refused(files: dict[str, str]) -> None:
    tables = {name: text.encode() for name, text in files.items()}
    for upload in (list(tables.items()), [("x.zip", zipped(tables))]):
        with pytest.raises(ConversationError, match=r"Es fehlt participants-votes\.csv oder votes\.csv"):
            packed(upload)


def test_an_empty_zip_file_is_refused() -> None:
    with pytest.raises(ConversationError, match="Es fehlt"):
        packed([("x.zip", zipped({}))])


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_refused(encoding: str) -> None:
    tables = {**TABLES, "comments.csv": COMMENTS.replace("„Anführung“", "Anführung").encode(encoding)}
    for upload in (list(tables.items()), [("x.zip", zipped(tables))]):
        with pytest.raises(ConversationError, match=r"comments\.csv: Die Datei ist nicht in UTF-8 gespeichert"):
            packed(upload)


def test_an_empty_table_is_refused() -> None:
    for upload in ([("votes.csv", b" \n")], [("x.zip", zipped({"votes.csv": b""}))]):
        with pytest.raises(ConversationError, match=r"votes\.csv ist leer"):
            packed(upload)


def test_more_than_ten_megabytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    half = b"1" * (LARGEST_UPLOAD // 2 + 1)
    monkeypatch.setattr(conversation_upload, "_pack", lambda _files: pytest.fail("was packed"))
    with pytest.raises(ConversationError, match="Möglich sind 10 MB"):
        packed([("votes.csv", half), ("comments.csv", half)])
