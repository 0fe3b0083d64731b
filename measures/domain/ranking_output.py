"""A prioritisation as the plain values of schema ranking/1, ready for JSON."""

import json
from dataclasses import asdict
from typing import Any

import numpy as np

from measures.domain.ranking_values import Prioritisation, RankedMeasure, UnrankedMeasure

SCHEMA = "ranking/1"
METHOD = "measures.domain.prioritisation 2"  # changes whenever equal input may give other figures


def ranking_output(result: Prioritisation) -> dict[str, Any]:
    """Every cell, also small ones: whoever publishes the values has to suppress what `min_cell` asks for.

    Without uncertainty the keys from `standard_error` to `rank_acceptability` are there and None.
    """
    return {
        "schema": SCHEMA,
        "hash": result.hash,
        "software": f"{METHOD}, numpy {np.__version__}",
        "options": result.options.as_dict(),
        "participation": asdict(result.participation),
        "measures": [_ranked(measure) for measure in result.measures],
        "not_ranked": [_not_ranked(measure) for measure in result.not_ranked],
        "pairwise": None if result.pairwise is None else [list(row) for row in result.pairwise],
        "kendall_w": result.kendall_w,
        "straight_liners": result.straight_liners,
        "majority_judgment": "exact_removal",
    }


def ranking_json(result: Prioritisation) -> str:
    """One line, keys sorted; byte-identical for the same data and seed."""
    return json.dumps(ranking_output(result), sort_keys=True, ensure_ascii=False, allow_nan=False)


def _ranked(measure: RankedMeasure) -> dict[str, Any]:
    plain = asdict(measure)
    certainty = plain.pop("certainty")
    names = ("standard_error", "interval", "rank_set", "status", "p_top", "expected_rank", "rank_acceptability")
    plain |= {name: None if certainty is None else certainty[name] for name in names}
    return {name: _listed(value) for name, value in plain.items()}


def _not_ranked(measure: UnrankedMeasure) -> dict[str, Any]:
    return {name: _listed(value) for name, value in asdict(measure).items()}


def _listed(value: Any) -> Any:
    """Lists for tuples and plain strings for enumerations, as a reader of the JSON file gets them."""
    if isinstance(value, dict):
        return {key: _listed(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_listed(inner) for inner in value]
    return str(value) if isinstance(value, str) else value
