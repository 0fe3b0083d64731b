"""A conversation as the files of a Polis export; `conversation_file` reads them again without loss."""

import csv
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from theses.domain.conversation_data import ConversationData, ConversationError, RawVotes, Statement
from theses.domain.conversation_file import COMMENTS, MATRIX, SUMMARY, VOTES

Row = Iterable[object]

LEVEL = 3
"""Of packing: tables of short numbers gain little from more."""


def write_conversation(data: ConversationData, folder: Path) -> None:
    """All files or none: they are written beside the folder, which takes their place in one step.

    Raises ConversationError when the folder holds anything already, or cannot be written.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ConversationError(_("%(folder)s ist kein leerer Ordner.") % {"folder": folder})
    beside: Path | None = None
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
        for name, rows in _files(data).items():
            with (beside / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        beside.chmod(0o755)
        beside.replace(folder)
    except OSError as fault:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
        raise ConversationError(_("Der Ordner %(folder)s lässt sich nicht schreiben.") % {"folder": folder}) from fault


def zipped_conversation(data: ConversationData) -> bytes:
    """The same files in one zip file; equal data give equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compresslevel=LEVEL) as archive:
        for name, rows in _files(data).items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member, "w") as binary, io.TextIOWrapper(binary, encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
    return packed.getvalue()


def _files(data: ConversationData) -> dict[str, Iterator[Row]]:
    files = {MATRIX: _matrix(data)}
    if data.statements:
        files[COMMENTS] = _comments(data.statements)
    if data.raw is not None:
        files[VOTES] = _votes(data.raw)
    if data.summary:
        files[SUMMARY] = iter(data.summary)
    return files


def _matrix(data: ConversationData) -> Iterator[Row]:
    counted = ("n-votes", "n-agree", "n-disagree")
    yield ("participant", "group-id", "n-comments", *counted, *data.theses.tolist())
    ends = np.searchsorted(data.participant, np.arange(len(data.participants) + 1))
    names = (*data.groups, "")
    for place, number in enumerate(data.participants.tolist()):
        own = slice(ends[place], ends[place + 1])
        values = data.value[own]
        cells: list[object] = [""] * len(data.theses)
        for thesis, value in zip(data.thesis[own].tolist(), values.tolist(), strict=True):
            cells[thesis] = value
        comments = "" if data.comments is None else int(data.comments[place])
        sums = (len(values), int((values == 1).sum()), int((values == -1).sum()))
        yield (number, names[data.group[place]], comments, *sums, *cells)


def _comments(statements: tuple[Statement, ...]) -> Iterator[Row]:
    yield ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
    for said in statements:
        numbers = (said.number, said.author, said.agrees, said.disagrees, said.moderated)
        yield (_told(said.timestamp), said.written, *map(_told, numbers), said.text)


def _votes(raw: RawVotes) -> Iterator[Row]:
    yield ("timestamp", "datetime", "comment-id", "voter-id", "vote")
    columns = (raw.timestamp, raw.statement, raw.participant, raw.value)
    rows = zip(*(column.tolist() for column in columns), raw.written, strict=True)
    for timestamp, statement, participant, value, written in rows:
        yield ("" if timestamp < 0 else timestamp, written, statement, participant, value)


def _told(number: int | None) -> object:
    return "" if number is None else number
