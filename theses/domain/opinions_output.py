"""A conversation as the plain values of schema opinions/1, ready for JSON."""

import json
from typing import Any

import numpy as np

from theses.domain.common_ground import Rules
from theses.domain.conversation_data import NO_GROUP, ConversationData, digest
from theses.domain.intervals import Floats, Ints
from theses.domain.opinion_analysis import OpinionAnalysis, analyse
from theses.domain.opinion_groups import OpinionGroups, crossed, opinion_groups
from theses.domain.tally import AGREE, DISAGREE, PASSED, tally

SCHEMA = "opinions/1"
METHOD = "theses.domain.opinion_analysis 1"  # changes whenever equal input may give other figures


def opinions_output(data: ConversationData, *, smallest_voice: int = 10, seed: int = 1) -> dict[str, Any]:
    """Every cell, also small ones, and who belongs to which opinion group: for those who hold the data anyway."""
    keys = (*data.groups, NO_GROUP)
    declared = np.array([*(True for _ in data.groups), False])
    rules = Rules(declared, np.zeros_like(declared), np.full(len(keys), np.nan), smallest_voice)
    group = np.where(data.group < 0, len(data.groups), data.group)
    votes: dict[str, Any] = {"participant": data.participant, "thesis": data.thesis, "value": data.value}
    counts = tally(group=group, groups=len(keys), theses=len(data.theses), **votes)
    analysis = analyse(counts, rules, seed=seed)
    found = opinion_groups(participants=len(data.participants), theses=len(data.theses), seed=seed, **votes)
    options: dict[str, object] = {"smallest_voice": smallest_voice, "seed": seed}
    people = np.bincount(group, minlength=len(keys))
    return {
        "schema": SCHEMA,
        "hash": digest(data, options),
        "software": f"{METHOD}, numpy {np.__version__}",
        "options": options,
        "participants": len(data.participants),
        "votes": len(data.value),
        "groups": _filled(keys, people),
        "theses": [_thesis(data, analysis, keys, place) for place in range(len(data.theses))],
        "bridges": [str(data.theses[place]) for place in analysis.bridges()],
        "divides": [str(data.theses[place]) for place in analysis.divides()],
        "typical": {
            key: [str(data.theses[place]) for place in analysis.typical.theses(number)]
            for number, key in enumerate(data.groups)
        },
        "opinion_groups": _opinion_groups(data, found, crossed(found.members, group, groups=len(keys)), keys),
    }


def opinions_json(output: dict[str, Any]) -> str:
    """One line, keys sorted; byte-identical for the same data, options and seed."""
    return json.dumps(output, sort_keys=True, ensure_ascii=False, allow_nan=False)


def _thesis(data: ConversationData, analysis: OpinionAnalysis, keys: tuple[str, ...], place: int) -> dict[str, Any]:
    ground, between = analysis.ground, analysis.between
    asked = np.flatnonzero(analysis.counts[:, place].sum(axis=1))
    return {
        "id": str(data.theses[place]),
        "moderated_out": bool(data.moderated_out()[place]),
        "groups": {keys[number]: _cell(analysis, int(number), place) for number in asked},
        "share_equal_voice": _number(ground.headline.equal_voice, place),
        "interval_equal_voice": _interval(ground.headline.low, ground.headline.high, place),
        "share_per_head": _number(ground.headline.per_head, place),
        "floor": _number(ground.floor, place),
        "floor_rejection": _number(ground.floor_rejection, place),
        "gic": _number(analysis.gic, place),
        "gic_geometric": _number(analysis.gic_geometric, place),
        "label": ground.labels[place].value,
        "missing_groups": [keys[number] for number in np.flatnonzero(ground.missing[:, place])],
        "within": _number(analysis.within, place),
        "between": None
        if between.high[place] < 0
        else {
            "value": _number(between.value, place),
            "high": keys[between.high[place]],
            "low": keys[between.low[place]],
            "interval": _interval(between.lower, between.upper, place),
        },
        "cramers_v": _number(between.cramers_v, place),
        "p": _number(between.p, place),
        "p_adjusted": _number(between.p_adjusted, place),
    }


def _cell(analysis: OpinionAnalysis, group: int, place: int) -> dict[str, Any]:
    counts, ground = analysis.counts[group, place], analysis.ground
    return {
        "agree": int(counts[AGREE]),
        "disagree": int(counts[DISAGREE]),
        "pass": int(counts[PASSED]),
        "seen": int(counts.sum()),
        "share": _number(ground.share[group], place),
        "interval": _interval(ground.low[group], ground.high[group], place),
    }


def _opinion_groups(data: ConversationData, found: OpinionGroups, cross: Ints, keys: tuple[str, ...]) -> dict[str, Any]:
    inside = np.flatnonzero(found.members >= 0)
    return {
        "shown": found.doubt is None,
        "reason": None if found.doubt is None else found.doubt.value,
        "k": found.k,
        "silhouette": found.silhouette,
        "p": found.p,
        "stability": found.stability,
        "members": {str(data.participants[person]): int(found.members[person]) for person in inside},
        "declared": {str(number): _filled(keys, row) for number, row in enumerate(cross)},
    }


def _filled(keys: tuple[str, ...], numbers: Ints) -> dict[str, int]:
    """Declared groups always, people without one only if there are any."""
    return {key: int(number) for key, number in zip(keys, numbers, strict=True) if number or key != NO_GROUP}


def _number(figures: Floats, place: int) -> float | None:
    figure = float(figures[place])
    return None if np.isnan(figure) else figure


def _interval(low: Floats, high: Floats, place: int) -> list[float] | None:
    return None if np.isnan(low[place]) else [float(low[place]), float(high[place])]
