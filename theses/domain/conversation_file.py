"""Conversations from the files of a Polis export, in which agreement is +1 and rejection -1.

`participants-votes.csv` is the matrix of last answers with the group of each participant; without it, `votes.csv` has
the raw votes and `groups.csv` the groups. `comments.csv` has the statements, `summary.csv` the conversation in its own
words. A column `xid` names people in other systems and is left where it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from theses.domain.conversation_data import NO_GROUP, ConversationData, ConversationError, RawVotes, Statement
from theses.domain.csv_lines import ANSWERS, Line, read_lines, read_rows
from theses.domain.intervals import Ints
from theses.domain.tally import latest

MATRIX = "participants-votes.csv"
VOTES = "votes.csv"
GROUPS = "groups.csv"
COMMENTS = "comments.csv"
SUMMARY = "summary.csv"

AROUND_THE_MATRIX = frozenset({"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"})
LARGEST_TIME = 2**53
LONGEST_TEXT = 20_000
LONGEST_WORD = 80
MODERATED = {"1": 1, "0": 0, "-1": -1, "": None}

Cells = dict[int, list[tuple[int, int]]]
"""For each participant the answers as (statement, value), by the numbers of the file."""


def read_conversation(folder: Path) -> ConversationData:
    """Raises ConversationError with one German sentence for whatever is missing, wrong, or too large."""
    raw = _raw_votes(folder / VOTES) if (folder / VOTES).exists() else None
    if (folder / MATRIX).exists():
        data = _from_matrix(folder / MATRIX)
    elif raw is not None:
        data = _from_votes(raw)
    else:
        raise ConversationError(
            _("Im Ordner %(folder)s liegt weder %(matrix)s noch %(votes)s.")
            % {"folder": folder, "matrix": MATRIX, "votes": VOTES}
        )
    if not data.groups and (folder / GROUPS).exists():
        data = _grouped(data, folder / GROUPS)
    statements = _statements(folder / COMMENTS) if (folder / COMMENTS).exists() else ()
    return replace(data, raw=raw, statements=statements, summary=_summary(folder / SUMMARY))


def faults(folder: Path) -> list[str]:
    """The first fault of each file, so that all of them can be mended at once."""
    readers: dict[str, Callable[[Path], object]] = {
        MATRIX: _from_matrix,
        VOTES: _raw_votes,
        COMMENTS: _statements,
        SUMMARY: _summary,
    }
    found = []
    for name, read in readers.items():
        try:
            if (folder / name).exists():
                read(folder / name)
        except ConversationError as fault:
            found.append(str(fault))
    return found


def _from_matrix(path: Path) -> ConversationData:
    groups: dict[int, str] = {}
    comments: list[int | None] = []
    cells: Cells = {}
    theses: list[tuple[int, int]] = []
    lines = read_lines(path, ("participant",))
    for line in lines:
        theses = theses or _matrix_columns(line)
        person = line.whole("participant")
        if person in cells:
            raise line.fault("participant", _("jede Nummer nur einmal"))
        groups[person] = _word(line, "group-id")
        comments.append(line.whole_or_none("n-comments"))
        cells[person] = [(number, _matrix_cell(line, place)) for place, number in theses if line.cells[place]]
    data = _assembled(cells, groups, (number for _place, number in theses))
    if any(number is None for number in comments):
        return data
    return replace(data, comments=np.array(comments, dtype=np.int64)[np.argsort(list(cells), kind="stable")])


def _matrix_columns(line: Line) -> list[tuple[int, int]]:
    """Place and number of each column that stands for a statement."""
    found = []
    for name, place in line.head.items():
        if name in AROUND_THE_MATRIX:
            continue
        if not (name.isascii() and name.isdigit() and len(name) < 10):
            raise ConversationError(
                _("%(file)s: Die Spalte „%(column)s“ ist keine Nummer einer Aussage.")
                % {"file": line.file, "column": name[:LONGEST_WORD]}
            )
        found.append((place, int(name)))
    if len({number for _place, number in found}) < len(found):
        raise ConversationError(_("%(file)s: Eine Spalte kommt mehrfach vor.") % {"file": line.file})
    return found


def _matrix_cell(line: Line, place: int) -> int:
    value = ANSWERS.get(line.cells[place])
    if value is None:
        raise line.fault(next(name for name, at in line.head.items() if at == place), _("1, 0, -1 oder leer"))
    return value


def _raw_votes(path: Path) -> RawVotes:
    columns: tuple[list[int], ...] = ([], [], [], [])
    written: list[str] = []
    for line in read_lines(path, ("comment-id", "voter-id", "vote")):
        time = line.whole_or_none("timestamp", largest=LARGEST_TIME)
        row = (line.whole("voter-id"), line.whole("comment-id"), line.answer("vote"), -1 if time is None else time)
        for column, number in zip(columns, row, strict=True):
            column.append(number)
        written.append(_word(line, "datetime"))
    participant, statement, value, timestamp = (np.array(column, dtype=np.int64) for column in columns)
    return RawVotes(participant, statement, value, timestamp, written)


def _from_votes(raw: RawVotes) -> ConversationData:
    """The last vote of each pair by its time, and by the order of the file where times are equal or not told."""
    order = np.argsort(raw.timestamp, kind="stable")
    counted = order[latest(raw.participant[order], raw.statement[order])]
    cells: Cells = {number: [] for number in raw.participant.tolist()}
    columns = (raw.participant[counted], raw.statement[counted], raw.value[counted])
    for person, statement, value in zip(*(column.tolist() for column in columns), strict=True):
        cells[person].append((statement, value))
    return _assembled(cells, {}, raw.statement.tolist())


def _grouped(data: ConversationData, path: Path) -> ConversationData:
    groups: dict[int, str] = {}
    known = set(data.participants.tolist())
    for line in read_lines(path, ("voter-id", "group")):
        person = line.whole("voter-id")
        if person in groups:
            raise line.fault("voter-id", _("jede Nummer nur einmal"))
        if person in known:
            groups[person] = _word(line, "group")
    names, group = _group_indices(data.participants, groups)
    return replace(data, groups=names, group=group)


def _statements(path: Path) -> tuple[Statement, ...]:
    found: dict[int, Statement] = {}
    for line in read_lines(path, ("comment-id", "comment-body")):
        number = line.whole("comment-id")
        if number in found:
            raise line.fault("comment-id", _("jede Nummer nur einmal"))
        if len(line.text("comment-body")) > LONGEST_TEXT:
            raise line.fault("comment-body", _("höchstens %(number)d Zeichen") % {"number": LONGEST_TEXT})
        if line.text("moderated") not in MODERATED:
            raise line.fault("moderated", _("1, 0, -1 oder leer"))
        found[number] = Statement(
            number=number,
            text=line.text("comment-body"),
            author=line.whole_or_none("author-id"),
            moderated=MODERATED[line.text("moderated")],
            agrees=line.whole_or_none("agrees"),
            disagrees=line.whole_or_none("disagrees"),
            timestamp=line.whole_or_none("timestamp", largest=LARGEST_TIME),
            written=_word(line, "datetime"),
        )
    return tuple(found[number] for number in sorted(found))


def _summary(path: Path) -> tuple[tuple[str, str], ...]:
    """Pairs of name and value; a value whose commas nobody quoted is put together again."""
    if not path.exists():
        return ()
    pairs = tuple((name, ",".join(value)) for name, *value in read_rows(path))
    if any(len(word) > LONGEST_TEXT for pair in pairs for word in pair):
        raise ConversationError(
            _("%(file)s: Ein Text ist länger als %(number)d Zeichen.") % {"file": path.name, "number": LONGEST_TEXT}
        )
    return pairs


def _assembled(cells: Cells, groups: dict[int, str], theses: Iterable[int]) -> ConversationData:
    participants = np.array(sorted(cells), dtype=np.int64)
    numbers = np.array(sorted(set(theses)), dtype=np.int64)
    answers = [(person, number, value) for person in sorted(cells) for number, value in sorted(cells[person])]
    table = np.array(answers, dtype=np.int64).reshape(-1, 3)
    names, group = _group_indices(participants, groups)
    return ConversationData(
        participants=participants,
        theses=numbers,
        groups=names,
        group=group,
        participant=np.searchsorted(participants, table[:, 0]),
        thesis=np.searchsorted(numbers, table[:, 1]),
        value=table[:, 2],
    )


def _group_indices(participants: Ints, groups: dict[int, str]) -> tuple[tuple[str, ...], Ints]:
    """Names in order, numbers by their size before words; the key for people without a group means just that."""
    names = sorted(set(groups.values()) - {"", NO_GROUP}, key=lambda name: (not name.isdecimal(), len(name), name))
    place = {name: number for number, name in enumerate(names)}
    found = [place.get(groups.get(person, ""), -1) for person in participants.tolist()]
    return tuple(names), np.array(found, dtype=np.int64)


def _word(line: Line, column: str) -> str:
    word = line.text(column).strip()
    if len(word) > LONGEST_WORD:
        raise line.fault(column, _("höchstens %(number)d Zeichen") % {"number": LONGEST_WORD})
    return word
