"""A conversation as plain arrays: who, what was said, and the last answer of each pair. Nothing here knows Django.

Raw votes stand beside it, because people change their minds and an archive keeps that.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from theses.domain.intervals import Bools, Ints

SCHEMA = "opinions-data/1"
NO_GROUP = "none"
"""Key under which people without a group are counted."""


class ConversationError(ValueError):
    """Files that are no conversation; the message is one German sentence that names the place of the fault."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thesis as the file tells it: `moderated` is -1 for what was left out, 1 for what was accepted, 0 for neither;
    `agrees` and `disagrees` count raw votes. None where the file does not say."""

    number: int
    text: str
    author: int | None = None
    moderated: int | None = None
    agrees: int | None = None
    disagrees: int | None = None
    timestamp: int | None = None
    written: str = ""


@dataclass(frozen=True, eq=False)
class RawVotes:
    """In the order of the file, which is that of time within each pair. `participant`, `statement` int[V] are numbers
    of the file, `value` -1, 0 or 1, `timestamp` int[V] milliseconds since 1970, `written` the time in words."""

    participant: Ints
    statement: Ints
    value: Ints
    timestamp: Ints
    written: Sequence[str]


@dataclass(frozen=True, eq=False)
class ConversationData:
    """`participants` int[P] and `theses` int[J]: numbers of the file, ascending. `group` int[P] indexes `groups`, -1
    for none. `participant`, `thesis` int[V] index them, sorted, one row a pair; `value` int[V] is -1, 0 or 1.

    `comments` int[P]: how many statements somebody wrote, as the file tells it, else None. `summary`: the conversation
    in its own words. `statements` may name some that nobody was asked about.
    """

    participants: Ints
    theses: Ints
    groups: tuple[str, ...]
    group: Ints
    participant: Ints
    thesis: Ints
    value: Ints
    statements: tuple[Statement, ...] = ()
    raw: RawVotes | None = None
    comments: Ints | None = None
    summary: tuple[tuple[str, str], ...] = ()

    def moderated_out(self) -> Bools:
        """bool[J]: left out by those who conducted the conversation."""
        out = [statement.number for statement in self.statements if statement.moderated == -1]
        return np.isin(self.theses, out)


def without_moderated(data: ConversationData) -> ConversationData:
    """The same people and groups, without the theses that were left out and the answers to them."""
    kept = ~data.moderated_out()
    number = np.cumsum(kept) - 1
    answers = kept[data.thesis]
    return replace(
        data,
        theses=data.theses[kept],
        participant=data.participant[answers],
        thesis=number[data.thesis[answers]],
        value=data.value[answers],
    )


def digest(data: ConversationData, options: dict[str, object]) -> str:
    """Hash over what the figures depend on, as "sha256:" and 64 hexadecimal digits.

    Hashed bytes, in this order: one line of JSON (sorted keys, no spaces, UTF-8) with schema, groups, the numbers of
    participants and theses, the numbers of theses that were left out, and the options; a line feed; the group of every
    participant as little-endian int32; participant, thesis and value of every answer as three columns of little-endian
    int32, sorted by participant and thesis.
    """
    header = {
        "schema": SCHEMA,
        "groups": list(data.groups),
        "participants": data.participants.tolist(),
        "theses": data.theses.tolist(),
        "moderated_out": data.theses[data.moderated_out()].tolist(),
        "options": options,
    }
    line = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    hashed = hashlib.sha256(line.encode() + b"\n")
    for column in (data.group, data.participant, data.thesis, data.value):
        hashed.update(column.astype("<i4").tobytes())
    return f"sha256:{hashed.hexdigest()}"
