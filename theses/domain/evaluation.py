"""The figures over many theses, computed in the background whenever answers have changed, for pages that only read.

What is stored may be published: cells of fewer than `SMALLEST_CELL` answers are emptied before anything is computed.
Shape of `OpinionResult.result` (theses and groups by primary key, shares between 0 and 1, no figure is null):

- `groups`: declared groups; rows of cells are these, then people without one ("none"), then small cells ("small").
- `theses`: a list of objects with `thesis`, `label` (`common_ground.Label`), `cells` (one for each row: null without
  answers, "small", or `{agree, passed, disagree, share, low, high}`), `answers`, `equal_voice` and `equal_voice_ends`,
  `per_head`, `floor`, `floor_rejection`, `within`, `between` (null or `{value, ends, high, low}` with groups by key),
  `p_adjusted`, `missing` (groups without a voice).
- `bridges`, `divides`: primary keys of theses in the order in which they are told.
- `people`: of scope "all" only.

Opinion groups take minutes where many take part and are a result of their own: see `opinion_map`.
"""

import hashlib
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from theses.domain.opinion_analysis import OpinionAnalysis, analyse, with_hidden
from theses.domain.opinions import SMALLEST_CELL
from theses.domain.stance_arrays import StanceCounts, read_counts
from theses.domain.tally import AGREE, DISAGREE, PASSED, is_small, publishable
from theses.models import OpinionResult, Stance, Thesis

METHOD = "evaluation 2"
"""Part of what is hashed: changed whenever equal answers may give other figures."""

ENOUGH_THESES = 3
SEED = 1


@transaction.atomic
def refresh_results() -> int:
    """How many results were computed anew; none while another worker is at it. Results nobody needs any more go."""
    OpinionResult.objects.get_or_create(
        scope=OpinionResult.EVERYTHING, defaults={"basis": "", "computed_at": timezone.now()}
    )
    locked = OpinionResult.objects.select_for_update(skip_locked=True).filter(scope=OpinionResult.EVERYTHING).first()
    if locked is None:
        return 0
    theses = Thesis.objects.published()
    counts = read_counts(theses)
    stances = Stance.objects.counted().filter(thesis__in=theses.order_by().values("pk"))
    people = stances.aggregate(people=Count("person", distinct=True))["people"]
    scopes = _scopes(counts)
    bases = dict(OpinionResult.objects.values_list("scope", "basis"))
    computed = 0
    for scope, places in scopes.items():
        part = StanceCounts(counts.groups, tuple(counts.theses[place] for place in places), counts.counts[:, places])
        basis = _basis(part, people if scope == OpinionResult.EVERYTHING else 0)
        if bases.get(scope) == basis:
            continue
        result = result_of(part)
        if scope == OpinionResult.EVERYTHING:
            result["people"] = people
        values = {"basis": basis, "result": result, "computed_at": timezone.now()}
        OpinionResult.objects.update_or_create(scope=scope, defaults=values)
        computed += 1
    OpinionResult.objects.exclude(scope__in=[*scopes, OpinionResult.GROUPS]).delete()
    _tell_counts(counts)
    return computed


def _tell_counts(counts: StanceCounts) -> None:
    """Rows in the same order by everybody who locks several theses."""
    shown = publishable(counts.counts, smallest=SMALLEST_CELL).sum(axis=(0, 2))
    told = {key: int(number) for key, number in zip(counts.theses, shown, strict=True)}
    known = Thesis.objects.filter(pk__in=told).values_list("pk", "told_count")
    changed = [key for key, number in known if number != told[key]]
    if changed:
        theses = list(Thesis.objects.select_for_update(no_key=True).filter(pk__in=changed).only("pk").order_by("pk"))
        for thesis in theses:
            thesis.told_count = told[thesis.pk]
        Thesis.objects.bulk_update(theses, ["told_count"], batch_size=500)


def result_of(part: StanceCounts) -> dict[str, Any]:
    """The result for these theses without what is known of all theses only; pure."""
    shown = publishable(part.counts, smallest=SMALLEST_CELL)
    analysis = analyse(shown, with_hidden(part.rules()), seed=SEED)
    keys: list[int | str] = [*part.groups, "none", "small"]
    small = is_small(part.counts, smallest=SMALLEST_CELL)
    return {
        "groups": list(part.groups),
        "theses": [_thesis(analysis, small, keys, place, key) for place, key in enumerate(part.theses)],
        "bridges": [part.theses[place] for place in analysis.bridges()],
        "divides": [part.theses[place] for place in analysis.divides()],
    }


def result_about(scope: str, theses: QuerySet[Thesis]) -> dict[str, Any]:
    """What the evaluation shows of these theses: stored for the scope, or for everything where the scope has too few
    theses of its own; computed now only where nothing is stored yet. May tell of other theses as well."""
    stored = OpinionResult.objects.filter(scope__in=[scope, OpinionResult.EVERYTHING]).exclude(basis="")
    results = {row.scope: row.result for row in stored}
    found: dict[str, Any] | None = results.get(scope, results.get(OpinionResult.EVERYTHING))
    return result_of(read_counts(theses)) if found is None else found


def _scopes(counts: StanceCounts) -> dict[str, list[int]]:
    """Scope to places of theses; topics and measures with too few theses have no scope of their own."""
    scopes: dict[str, list[int]] = {}
    place_of = {key: place for place, key in enumerate(counts.theses)}
    about = Thesis.objects.filter(pk__in=counts.theses).order_by("pk").values_list("pk", "topic__key", "measure__slug")
    for pk, topic, measure in about:
        for scope in [f"topic:{topic}"] * bool(topic) + [f"measure:{measure}"] * bool(measure):
            scopes.setdefault(scope, []).append(place_of[pk])
    enough = {scope: places for scope, places in scopes.items() if len(places) >= ENOUGH_THESES}
    return {OpinionResult.EVERYTHING: list(range(len(counts.theses))), **enough}


def _basis(part: StanceCounts, people: int) -> str:
    known = f"{METHOD} {SMALLEST_CELL} {SEED} {part.groups} {part.theses} {people} ".encode()
    return "sha256:" + hashlib.sha256(known + part.counts.tobytes()).hexdigest()


def _thesis(analysis: OpinionAnalysis, small: Any, keys: list[int | str], place: int, key: int) -> dict[str, Any]:
    ground, between = analysis.ground, analysis.between
    headline = ground.headline
    apart = None
    if between.high[place] >= 0:
        high, low = keys[between.high[place]], keys[between.low[place]]
        ends = [_number(between.lower[place]), _number(between.upper[place])]
        apart = {"value": _number(between.value[place]), "ends": ends, "high": high, "low": low}
    return {
        "thesis": key,
        "label": ground.labels[place].value,
        "cells": [
            "small" if row < len(small) and small[row, place] else _cell(analysis, row, place)
            for row in range(len(keys))
        ],
        "answers": int(analysis.counts[:, place].sum()),
        "equal_voice": _number(headline.equal_voice[place]),
        "equal_voice_ends": [_number(headline.low[place]), _number(headline.high[place])],
        "per_head": _number(headline.per_head[place]),
        "floor": _number(ground.floor[place]),
        "floor_rejection": _number(ground.floor_rejection[place]),
        "within": _number(analysis.within[place]),
        "between": apart,
        "p_adjusted": _number(between.p_adjusted[place]),
        "missing": [keys[row] for row in np.flatnonzero(ground.missing[:, place])],
    }


def _cell(analysis: OpinionAnalysis, row: int, place: int) -> dict[str, Any] | None:
    counts, ground = analysis.counts[row, place], analysis.ground
    if not counts.sum():
        return None
    return {
        "agree": int(counts[AGREE]),
        "passed": int(counts[PASSED]),
        "disagree": int(counts[DISAGREE]),
        "share": _number(ground.share[row, place]),
        "low": _number(ground.low[row, place]),
        "high": _number(ground.high[row, place]),
    }


def _number(figure: Any) -> float | None:
    return None if np.isnan(figure) else float(figure)
