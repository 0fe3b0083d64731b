"""From stances in the database to arrays: counts by one GROUP BY, or every answer by COPY; never an object per row."""

import tempfile
from dataclasses import dataclass

import numpy as np
from django.db import connection, models
from django.db.models import Count
from numpy.typing import NDArray

from stakeholders.models import Stakeholder, StakeholderGroup
from theses.domain.common_ground import Rules
from theses.domain.intervals import Ints
from theses.models import Stance, Thesis

HEAD, TAIL = 19, 2  # bytes before and after the rows of a binary COPY without extensions
COLUMNS = (("person", ">i8"), ("thesis", ">i8"), ("value", ">i2"))
ROW = np.dtype(
    [("columns", ">i2"), *(part for name, kind in COLUMNS for part in ((f"{name}_size", ">i4"), (name, kind)))]
)
ROWS_AT_A_TIME = 1 << 19


@dataclass(frozen=True, eq=False)
class StanceCounts:
    """`counts` int64[G + 1, J, 3] as in `tally`; rows are `groups` in their order and then people without one, columns
    `theses`, both by primary key."""

    groups: tuple[int, ...]
    theses: tuple[int, ...]
    counts: Ints

    def rules(self) -> Rules:
        return Rules.usual(np.array([*(True for _ in self.groups), False]))


@dataclass(frozen=True, eq=False)
class StanceAnswers:
    """One answer of a pair, in no order: `participant` int32[V] indexes `group`, `thesis` int32[V] indexes `theses`,
    `value` int8[V]. `group` int64[P] indexes `groups`, or is one more than the last without a group."""

    groups: tuple[int, ...]
    theses: tuple[int, ...]
    group: Ints
    participant: NDArray[np.int32]
    thesis: NDArray[np.int32]
    value: NDArray[np.int8]


def read_counts(theses: models.QuerySet[Thesis]) -> StanceCounts:
    """Stances that count, by the groups people declare now: who changes it takes the whole history along."""
    groups, keys = _groups(), _keys(theses)
    grouped = _stances(theses).values_list("person__group", "thesis", "value").annotate(number=Count("pk"))
    rows = [(-1 if group is None else group, *row) for group, *row in grouped]
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    counts = np.zeros((len(groups) + 1, len(keys), 3), dtype=np.int64)
    cells = (_places(groups, table[:, 0]), _places(keys, table[:, 1]), _positions(table[:, 2]) + 1)
    np.add.at(counts, cells, table[:, 3])
    return StanceCounts(groups, keys, counts)


def read_answers(theses: models.QuerySet[Thesis]) -> StanceAnswers:
    """For what needs to know who gave the same answers together; participants are numbered, their keys stay here."""
    groups, keys = _groups(), _keys(theses)
    counted = Stakeholder.objects.filter(is_active=True, role=Stakeholder.Role.STAKEHOLDER).order_by("pk")
    people = np.array([(pk, group or -1) for pk, group in counted.values_list("pk", "group")], dtype=np.int64)
    people = people.reshape(-1, 2)
    query = _stances(theses).values_list("person", "thesis", "value")
    with tempfile.TemporaryFile() as file:
        with connection.cursor() as cursor:
            sql, parameters = query.query.sql_with_params()
            cursor.cursor.copy_expert(
                cursor.cursor.mogrify(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)", parameters), file
            )
        size = (file.tell() - HEAD - TAIL) // ROW.itemsize
        participant, thesis = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
        value = np.empty(size, dtype=np.int8)
        file.seek(HEAD)
        for start in range(0, size, ROWS_AT_A_TIME):
            part = slice(start, min(start + ROWS_AT_A_TIME, size))
            rows = np.frombuffer(file.read((part.stop - start) * ROW.itemsize), dtype=ROW)
            participant[part] = _places(people[:, 0], rows["person"])
            thesis[part] = _places(keys, rows["thesis"])
            value[part] = _positions(rows["value"])
    known = participant < len(people)  # somebody who was activated between the two questions waits for the next time
    return StanceAnswers(groups, keys, _places(groups, people[:, 1]), participant[known], thesis[known], value[known])


def _stances(theses: models.QuerySet[Thesis]) -> models.QuerySet[Stance]:
    return Stance.objects.counted().filter(thesis__in=theses.order_by().values("pk")).order_by()


def _groups() -> tuple[int, ...]:
    return tuple(StakeholderGroup.objects.values_list("pk", flat=True))


def _keys(theses: models.QuerySet[Thesis]) -> tuple[int, ...]:
    return tuple(theses.order_by("pk").values_list("pk", flat=True))


def _places(keys: tuple[int, ...] | Ints, values: Ints) -> Ints:
    """The position of each value among the keys, and one more than the last for whatever is not there."""
    ordered = np.asarray(keys, dtype=np.int64)
    position = np.full(max(int(ordered.max(initial=0)), int(values.max(initial=0))) + 2, len(ordered), dtype=np.int64)
    position[ordered] = np.arange(len(ordered))
    return np.asarray(position[values], dtype=np.int64)


def _positions(values: Ints) -> Ints:
    """Neutral and "weiß nicht" are both seen without a position."""
    return np.where(np.abs(values) == 1, values, 0)
