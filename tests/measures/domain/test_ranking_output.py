"""The JSON of a ranking: every promised field, and the same bytes every time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_output import ranking_json, ranking_output
from measures.domain.rating_data import RatingData, Ratings
from tests.measures.domain.ranking_samples import cube_of, rating_data, sample, with_grades

ROOT = Path(__file__).parents[3]
FIELDS = {
    "key", "rank", "score", "standard_error", "interval", "score_per_head", "rank_per_head", "rank_set", "status",
    "p_top", "expected_rank", "rank_acceptability", "groups", "criteria", "districts", "gap", "eta2", "polarisation",
    "missing_groups", "leverage", "sensitivity", "stable",
}  # fmt: skip
RULES = {
    "per_head", "criteria_weights", "criterion_alone", "majority_judgment", "leave_one_out", "rater_adjusted",
    "without_straight_liners", "first_ratings",
}  # fmt: skip


def document_of(data: RatingData) -> dict[str, Any]:
    rows = (data.rating.rater, data.rating.measure, data.rating.criterion, data.rating.grade)
    return {
        "schema": "ranking-data/1",
        "criteria": [{"key": key, "weight": w} for key, w in zip(data.criteria, data.weights.tolist(), strict=True)],
        "groups": list(data.groups),
        "districts": list(data.districts),
        "measures": list(data.measures),
        "raters": [
            {"group": g, "district": None if d < 0 else d}
            for g, d in zip(data.rater_group.tolist(), data.rater_district.tolist(), strict=True)
        ],
        "ratings": np.stack(rows, axis=1).tolist(),
        "options": {"draws": data.options.draws},
    }


def test_output_has_every_promised_field() -> None:
    cube = cube_of(sample(2))
    cube[:, 5] = 0
    output = json.loads(ranking_json(prioritise(with_grades(sample(2), cube))))
    assert set(output) == {
        "schema", "hash", "software", "options", "participation", "measures", "not_ranked", "pairwise", "kendall_w",
        "straight_liners", "majority_judgment",
    }  # fmt: skip
    assert (output["schema"], output["majority_judgment"]) == ("ranking/1", "exact_removal")
    assert output["participation"] == {
        "raters": 45,
        "by_group": {"g0": 12, "g1": 25, "g2": 8, "none": 0},
        "by_district": {"north": 15, "south": 15, "none": 15},
    }
    assert len(output["measures"]) == len(output["pairwise"]) == 5
    for measure in output["measures"]:
        assert set(measure) == FIELDS
        assert set(measure["sensitivity"]) == RULES
        assert set(measure["groups"]["g0"]) == {"mean", "n", "weight", "contribution"}
        assert set(measure["criteria"]["c0"]) == {"mean", "contribution"}
        assert set(measure["gap"]) == {"value", "high", "low", "p"}
        assert measure["status"] in {"secured", "possible", "not"}
    (unranked,) = output["not_ranked"]
    assert (unranked["key"], unranked["reason"], unranked["missing_groups"]) == (
        "m05",
        "no_ratings",
        ["g0", "g1", "g2"],
    )


def test_output_equals_its_json() -> None:
    output = ranking_output(prioritise(sample(2)))
    assert json.loads(json.dumps(output)) == output


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(0, 14),
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from([0.0, 0.4, 0.9]),
)
def test_no_data_lead_to_anything_but_numbers(
    seed: int, raters: int, measures: int, criteria: int, groups: int, blank: float
) -> None:
    chance = np.random.default_rng(seed)
    grades = chance.integers(1, 6, (raters, measures, criteria)) * (
        chance.random((raters, measures, criteria)) >= blank
    )
    data = rating_data(grades, chance.integers(-1, groups, raters), groups=tuple("abc"[:groups]))
    for smallest in (1, 3):
        options = data.options.__class__(draws=50, min_raters=smallest, min_groups=1, top=2)
        data = data.__class__(**{**vars(data), "options": options})
        text = ranking_json(prioritise(data))  # refuses NaN and infinity
        assert len(json.loads(text)["measures"]) <= measures


def test_order_of_the_rows_does_not_change_a_byte() -> None:
    data = sample(4)
    order = np.random.default_rng(1).permutation(len(data.rating))
    rows = data.rating
    shuffled = Ratings(rows.rater[order], rows.measure[order], rows.criterion[order], rows.grade[order])
    assert ranking_json(prioritise(data)) == ranking_json(
        prioritise(data.__class__(**{**vars(data), "rating": shuffled}))
    )


def test_other_seeds_change_probabilities_only() -> None:
    one, other = (prioritise(data_with_seed(seed)) for seed in (1, 2))
    assert [(m.key, m.score, m.rank) for m in one.measures] == [(m.key, m.score, m.rank) for m in other.measures]
    assert one.pairwise != other.pairwise


def data_with_seed(seed: int) -> RatingData:
    data = sample(4)
    return data.__class__(**{**vars(data), "options": data.options.__class__(draws=300, seed=seed)})


@pytest.mark.parametrize("cap", [False, True])
def test_threads_hash_seed_and_locale_do_not_change_a_byte(tmp_path: Path, cap: bool) -> None:
    file = tmp_path / "ratings.json"
    document = document_of(sample(4, sizes=(60, 90, 40), measures=20, criteria=4))
    for position, rater in enumerate(document["raters"]):
        rater["organisation"] = position // 3 if position % 2 else None
    document["options"]["cap_organisations"] = cap
    file.write_text(json.dumps(document))
    program = (
        "import sys; from pathlib import Path\n"
        "from measures.domain.prioritisation import prioritise\n"
        "from measures.domain.ranking_data import read_ranking_data\n"
        "from measures.domain.ranking_output import ranking_json\n"
        "sys.stdout.write(ranking_json(prioritise(read_ranking_data(Path(sys.argv[1])))))\n"
    )
    outputs = set()
    for threads, hash_seed, locale in (("1", "0", "C"), ("2", "1", "de_DE.UTF-8"), ("3", "2", "C.UTF-8")):
        surroundings = {"OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": hash_seed, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-c", program, file],
            cwd=ROOT,
            env=os.environ | surroundings,
            capture_output=True,
            check=True,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000
