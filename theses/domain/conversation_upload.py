"""Uploaded files of a Polis export: one zip file, or the tables themselves. Knows no database.

What is looked at here is quick: signature, names, sizes, the way of writing. What stands in the rows is read later, by
`conversation_file`. A file in a zip file is only ever written under one of five names of our own.
"""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from stakeholders.domain.zip_archive import BROKEN
from theses.domain.conversation_data import ConversationError
from theses.domain.conversation_file import COMMENTS, GROUPS, MATRIX, SUMMARY, VOTES
from theses.domain.csv_lines import LONGEST_SHOWN, MEGABYTE, not_utf8

KNOWN = (MATRIX, VOTES, COMMENTS, GROUPS, SUMMARY)
LARGEST_UPLOAD = 10 * MEGABYTE
LARGEST_UNPACKED = 60 * MEGABYTE
"""Bytes of all tables together; a few kilobytes can be packed so that they unpack to gigabytes."""

MOST_MEMBERS = 500
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = 1
READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Upload = tuple[str, bytes]
"""Name and contents."""


def packed(files: Sequence[Upload]) -> bytes:
    """One zip file with the tables that `unpack` finds. Raises ConversationError with one German sentence."""
    if sum(len(content) for _name, content in files) > LARGEST_UPLOAD:
        raise ConversationError(too_large())
    name, content = files[0]
    if len(files) == 1 and content.startswith(SIGNATURES):
        tables = _members(content)
    elif any(other.startswith(SIGNATURES) for _name, other in files):
        raise ConversationError(_("Bitte laden Sie entweder eine ZIP-Datei oder einzelne CSV-Dateien hoch."))
    elif name.lower().endswith(".zip"):
        raise ConversationError(_("%(file)s ist keine ZIP-Datei, auch wenn ihr Name es sagt.") % {"file": _short(name)})
    else:
        content, tables = _pack(files), [known for known, _content in files]
    if MATRIX not in tables and VOTES not in tables:
        raise ConversationError(
            _("Es fehlt %(matrix)s oder %(votes)s: Ohne eine der beiden Dateien gibt es keine Antworten.")
            % {"matrix": MATRIX, "votes": VOTES}
        )
    return content


def unpack(content: bytes, folder: Path) -> None:
    """Writes the tables of what `packed` accepted into the folder, under their plain names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name, member in _tables(archive).items():
            (folder / name).write_bytes(archive.read(member))


def too_large() -> str:
    return _("Das ist zu groß. Möglich sind 10 MB. Bitte packen Sie die CSV-Dateien in eine ZIP-Datei.")


def _members(content: bytes) -> list[str]:
    """The names of the tables in the zip file, each of them read once to its end."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tables = _tables(archive)
            for name, member in tables.items():
                _check_text(name, archive.read(member))
    except ConversationError:
        raise
    except BROKEN as fault:
        raise ConversationError(
            _("Die ZIP-Datei ist beschädigt. Bitte packen Sie die CSV-Dateien noch einmal.")
        ) from fault
    return list(tables)


def _tables(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """In whatever folder they lie; other files are passed over. Nothing is unpacked before the sizes are known."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise ConversationError(_("In der ZIP-Datei liegen mehr als %(number)d Dateien.") % {"number": MOST_MEMBERS})
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        name = _plain_name(member.filename)
        if name not in KNOWN:
            continue
        if name in found:
            raise ConversationError(_("In der ZIP-Datei liegt %(file)s mehrfach.") % {"file": name})
        if member.flag_bits & ENCRYPTED:
            raise ConversationError(_("Die ZIP-Datei ist mit einem Kennwort geschützt. Bitte packen Sie sie ohne."))
        if member.compress_type not in READABLE:
            raise ConversationError(_("Die ZIP-Datei ist ungewöhnlich gepackt. Bitte packen Sie sie als einfache ZIP."))
        found[name] = member
    if sum(member.file_size for member in found.values()) > LARGEST_UNPACKED:
        raise ConversationError(
            _(
                "Ausgepackt sind die Dateien größer als %(limit)d MB. So große Konversationen übernimmt auf dem Server "
                "der Befehl import_polis."
            )
            % {"limit": LARGEST_UNPACKED // MEGABYTE}
        )
    return found


def _plain_name(path: str) -> str:
    """Empty for what the packing computer put there for itself."""
    parts = PurePosixPath(path).parts
    if ".." in parts or path.startswith("/") or "\\" in path or path[1:2] == ":":
        raise ConversationError(
            _("Die ZIP-Datei enthält den unzulässigen Pfad „%(path)s“. Bitte packen Sie sie neu.")
            % {"path": _short(path)}
        )
    return "" if not parts or "__MACOSX" in parts or path.endswith("/") else parts[-1]


def _pack(files: Sequence[Upload]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, table in files:
            if name not in KNOWN:
                raise ConversationError(
                    _("Die Datei „%(file)s“ gehört nicht zu einem Polis-Export. Möglich sind: %(known)s.")
                    % {"file": _short(name), "known": ", ".join(KNOWN)}
                )
            if name in archive.namelist():
                raise ConversationError(_("Die Datei %(file)s ist mehrfach ausgewählt.") % {"file": name})
            _check_text(name, table)
            archive.writestr(zipfile.ZipInfo(name), table, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _check_text(name: str, table: bytes) -> None:
    if not table.strip():
        raise ConversationError(_("%(file)s ist leer.") % {"file": name})
    try:
        table.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise not_utf8(name) from fault


def _short(name: str) -> str:
    """The beginning, so that a sentence stays a sentence."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:LONGEST_SHOWN])
