"""Conversations from elsewhere go into the archive and come out again as they were."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import numpy as np
from django.db import connection, models, transaction
from django.utils.text import slugify

from theses.domain.conversation_data import ConversationData, RawVotes, Statement, digest
from theses.domain.intervals import Ints
from theses.models import (
    Conversation,
    ConversationAnswer,
    ConversationParticipant,
    ConversationStatement,
    ConversationVote,
)

ROWS_AT_A_TIME = 50_000
LONGEST_SLUG = 70  # leaves room for a number behind it
TITLE = "topic"

Numbers = dict[int, int]
"""Primary keys by the numbers of the source."""


@transaction.atomic
def archive(*, data: ConversationData, name: str) -> Conversation:
    """Stores the whole conversation, or nothing; the one that is there already if all of it is the same.

    The title is the topic that the source tells, otherwise `name`.
    """
    _one_after_another()
    known = archived(data)
    if known:
        return known
    title = " ".join(dict(data.summary).get(TITLE, "").split()) or name
    conversation = Conversation.objects.create(
        slug=_free_slug(title),
        title=title[:200],
        summary=[list(pair) for pair in data.summary],
        groups=list(data.groups),
        fingerprint=_fingerprint(data),
    )
    statements = _store_statements(conversation, data)
    participants = _store_participants(conversation, data)
    _store(
        ConversationAnswer,
        participant_id=_keys(participants, data.participants[data.participant]),
        statement_id=_keys(statements, data.theses[data.thesis]),
        value=data.value.tolist(),
    )
    if data.raw is not None:
        _store(
            ConversationVote,
            participant_id=_keys(participants, data.raw.participant),
            statement_id=_keys(statements, data.raw.statement),
            value=data.raw.value.tolist(),
            timestamp=data.raw.timestamp.tolist(),
            written=list(data.raw.written),
        )
    return conversation


def archived(data: ConversationData) -> Conversation | None:
    """The one in the archive of which all is the same."""
    return Conversation.objects.filter(fingerprint=_fingerprint(data)).first()


def unarchived(conversation: Conversation) -> ConversationData:
    """The arrays as they were stored, whatever order the database gives its rows."""
    people = conversation.participants.filter(counted=True).order_by("number")
    people_rows = list(people.values_list("number", "group", "comments"))
    statements = list(conversation.statements.order_by("number"))
    participants = np.array([number for number, _group, _comments in people_rows], dtype=np.int64)
    theses = np.array([statement.number for statement in statements if statement.counted], dtype=np.int64)
    answers = ConversationAnswer.objects.filter(participant__conversation=conversation)
    table = _table(answers.order_by(), "participant__number", "statement__number", "value")
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    comments = [number for _number, _group, number in people_rows if number is not None]
    places = {name: place for place, name in enumerate(conversation.groups)}
    return ConversationData(
        participants=participants,
        theses=theses,
        groups=tuple(conversation.groups),
        group=np.array([places.get(group, -1) for _number, group, _comments in people_rows], dtype=np.int64),
        participant=np.searchsorted(participants, table[:, 0]),
        thesis=np.searchsorted(theses, table[:, 1]),
        value=table[:, 2],
        statements=tuple(_statement(row) for row in statements if row.described),
        raw=_raw(conversation),
        comments=np.array(comments, dtype=np.int64) if comments and len(comments) == len(people_rows) else None,
        summary=tuple((name, value) for name, value in conversation.summary),
    )


def entries_of(conversation: Conversation) -> int:
    """How many answers and votes there are."""
    kinds = (ConversationAnswer, ConversationVote)
    return sum(kind.objects.filter(participant__conversation=conversation).count() for kind in kinds)


def _store_statements(conversation: Conversation, data: ConversationData) -> Numbers:
    counted, described = set(data.theses.tolist()), {said.number: said for said in data.statements}
    voted = set() if data.raw is None else set(data.raw.statement.tolist())
    rows = []
    for number in sorted(counted | described.keys() | voted):
        told = asdict(described.get(number, Statement(number=number, text="")))
        rows.append(
            ConversationStatement(
                conversation=conversation, counted=number in counted, described=number in described, **told
            )
        )
    created = ConversationStatement.objects.bulk_create(rows, batch_size=1000)
    return {row.number: row.pk for row in created}


def _store_participants(conversation: Conversation, data: ConversationData) -> Numbers:
    place = {number: position for position, number in enumerate(data.participants.tolist())}
    voted = set() if data.raw is None else set(data.raw.participant.tolist())
    names, rows = (*data.groups, ""), []
    for number in sorted(place.keys() | voted):
        row = ConversationParticipant(conversation=conversation, number=number, counted=number in place)
        if row.counted:
            row.group = names[data.group[place[number]]]
            row.comments = None if data.comments is None else int(data.comments[place[number]])
        rows.append(row)
    created = ConversationParticipant.objects.bulk_create(rows, batch_size=1000)
    return {row.number: row.pk for row in created}


def _store(model: type[models.Model], **columns: Sequence[object]) -> None:
    """Rows without an object each, in their order."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    types = ", ".join(f"%s::{fields[name].rel_db_type(connection) or 'text'}[]" for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT * FROM unnest({types})'  # noqa: S608 our own names
    rows = len(next(iter(columns.values())))
    with connection.cursor() as cursor:
        for start in range(0, rows, ROWS_AT_A_TIME):
            part = slice(start, start + ROWS_AT_A_TIME)
            cursor.execute(statement, [list(column[part]) for column in columns.values()])


def _raw(conversation: Conversation) -> RawVotes | None:
    votes = ConversationVote.objects.filter(participant__conversation=conversation).order_by("pk")
    columns = ("participant__number", "statement__number", "value", "timestamp")
    table = _table(votes, *columns)
    if not len(table):
        return None
    participant, statement, value, timestamp = table.T
    return RawVotes(participant, statement, value, timestamp, list(votes.values_list("written", flat=True)))


def _table(rows: models.QuerySet[models.Model], *columns: str) -> Ints:
    found = [*rows.values_list(*columns).iterator(chunk_size=ROWS_AT_A_TIME)]
    return np.array(found, dtype=np.int64).reshape(-1, len(columns))


def _statement(row: ConversationStatement) -> Statement:
    return Statement(
        number=row.number,
        text=row.text,
        author=row.author,
        moderated=row.moderated,
        agrees=row.agrees,
        disagrees=row.disagrees,
        timestamp=row.timestamp,
        written=row.written,
    )


def _keys(numbers: Numbers, column: Ints) -> list[int]:
    return [numbers[number] for number in column.tolist()]


def _fingerprint(data: ConversationData) -> str:
    raw = data.raw
    told: list[object] = [
        digest(data, {}),
        [list(asdict(said).values()) for said in data.statements],
        data.summary,
        None if data.comments is None else data.comments.tolist(),
        None if raw is None else _columns(raw),
    ]
    return f"sha256:{hashlib.sha256(json.dumps(told).encode()).hexdigest()}"


def _columns(raw: RawVotes) -> list[object]:
    numbers: Iterable[Ints] = (raw.participant, raw.statement, raw.value, raw.timestamp)
    return [*(column.tolist() for column in numbers), list(raw.written)]


def _one_after_another() -> None:
    """The same files read twice at once are stored once, and no two conversations take the same address."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE theses_conversation IN SHARE ROW EXCLUSIVE MODE")


def _free_slug(title: str) -> str:
    wanted = slugify(title)[:LONGEST_SLUG].strip("-") or "konversation"
    taken = set(Conversation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
