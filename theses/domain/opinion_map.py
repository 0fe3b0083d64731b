"""Groups that show in the answers, told without telling of anybody: sizes, centres, and who declared what.

People are no points on the map, nor counts in the cells of a grid: where they are sparse, at the edges, a cell holds
one or two of them, and from one hour to the next a cell that fills shows who has just answered. A circle for each group
tells as much as the figures beside it.
"""

import hashlib
from typing import Any

import numpy as np
from django.db.models import Count, Max
from django.utils import timezone

from theses.domain.common_ground import Rules
from theses.domain.divisiveness import typical
from theses.domain.intervals import Ints
from theses.domain.opinion_groups import OpinionGroups, crossed, crossed_in_public, opinion_groups
from theses.domain.opinions import SMALLEST_CELL
from theses.domain.stance_arrays import StanceAnswers, read_answers
from theses.domain.tally import tally
from theses.models import OpinionResult, Stance, Thesis

MOST_TYPICAL = 3
METHOD = "opinion map 3"
SEED = 1


def refresh_groups() -> bool:
    """Whether anything was computed. No lock is held meanwhile: who comes second writes the same."""
    theses = Thesis.objects.published()
    stances = Stance.objects.counted().filter(thesis__in=theses.order_by().values("pk"))
    known = stances.aggregate(number=Count("pk"), people=Count("person", distinct=True), last=Max("changed_at"))
    basis = "sha256:" + hashlib.sha256(f"{METHOD} {SEED} {known}".encode()).hexdigest()
    if OpinionResult.objects.filter(scope=OpinionResult.GROUPS, basis=basis).exists():
        return False
    result = opinion_map(read_answers(theses), seed=SEED)
    values = {"basis": basis, "result": result, "computed_at": timezone.now()}
    OpinionResult.objects.update_or_create(scope=OpinionResult.GROUPS, defaults=values)
    return True


def opinion_map(answers: StanceAnswers, *, seed: int) -> dict[str, Any]:
    """`doubt` (why nothing is shown, or null), `p` and `stability` as in `OpinionGroups`, and `groups`: objects with
    `size` and `declared` (a number for each declared group, people without one, and small cells together; null where
    a number is small), `centre` [x, y] on the map, and `typical`: theses by primary key on which it differs most,
    `more` if it agrees more than others.
    """
    found = opinion_groups(
        participant=answers.participant.astype(np.int64),
        thesis=answers.thesis.astype(np.int64),
        value=answers.value.astype(np.int64),
        participants=len(answers.group),
        theses=len(answers.theses),
        seed=seed,
    )
    gate = {"doubt": found.doubt and found.doubt.value, "p": found.p, "stability": found.stability}
    if found.doubt is not None:
        return {**gate, "groups": []}
    rows = len(answers.groups) + 1
    table = crossed(found.members, answers.group, groups=rows)
    shown = crossed_in_public(found.members, answers.group, groups=rows, smallest=SMALLEST_CELL)
    return {**gate, "groups": [_group(answers, found, table, shown, number) for number in range(len(table))]}


def _group(answers: StanceAnswers, found: OpinionGroups, table: Ints, shown: Ints, number: int) -> dict[str, Any]:
    size = int(shown[number].sum())
    x, y = found.places[found.members == number].mean(axis=0)
    hidden = np.append((table[number] > 0) & (shown[number, :-1] == 0), False)
    return {
        "size": size if size >= SMALLEST_CELL else None,
        "declared": [None if small else int(people) for people, small in zip(shown[number], hidden, strict=True)],
        "centre": [round(float(x), 3), round(float(y), 3)] if size >= SMALLEST_CELL else None,
        "typical": _typical(answers, found, len(table), number),
    }


def _typical(answers: StanceAnswers, found: OpinionGroups, groups: int, number: int) -> list[dict[str, Any]]:
    inside = found.members[answers.participant] >= 0
    counts = tally(
        group=np.maximum(found.members, 0),
        participant=answers.participant[inside],
        thesis=answers.thesis[inside],
        value=answers.value[inside],
        groups=groups,
        theses=len(answers.theses),
    )
    differs = typical(counts, Rules.usual(np.ones(groups, dtype=np.bool_)))
    return [
        {"thesis": answers.theses[place], "more": bool(differs.value[number, place] > 0)}
        for place in differs.theses(number)[:MOST_TYPICAL]
    ]
