"""Files of anonymised ratings: what they must look like, and their hash."""

import hashlib
import json
import struct
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.domain.prioritisation import prioritise
from measures.domain.ranking_data import parse_ranking_data, read_ranking_data
from measures.domain.rating_data import RankingDataError

DOCUMENT: dict[str, Any] = {
    "schema": "ranking-data/1",
    "criteria": [{"key": "impact", "weight": 0.5}, {"key": "effort", "weight": 0.5}],
    "groups": ["industry", "science"],
    "districts": ["14612000"],
    "measures": ["centre", "laboratory", "camp"],
    "raters": [
        {"group": rater % 2, "district": None if rater % 3 else 0, "organisation": 4 if rater == 3 else None}
        for rater in range(12)
    ],
    "ratings": [[r, m, c, 1 + (r * m + c + r // 3) % 5] for r in range(12) for m in range(3) for c in range(2)],
    "options": {"draws": 200},
}


def changed(**entries: object) -> dict[str, Any]:
    return {**deepcopy(DOCUMENT), **entries}


def columns(rows: list[list[int]]) -> dict[str, Any]:
    return {name: [row[i] for row in rows] for i, name in enumerate(("rater", "measure", "criterion", "grade"))}


def test_rows_in_any_order_and_columns_have_one_hash() -> None:
    expected = prioritise(parse_ranking_data(DOCUMENT))
    for ratings in (DOCUMENT["ratings"][::-1], columns(DOCUMENT["ratings"]), columns(DOCUMENT["ratings"][::-1])):
        assert prioritise(parse_ranking_data(changed(ratings=ratings))) == expected


def test_hash_is_over_the_documented_bytes() -> None:
    header = {
        "schema": "ranking-data/1",
        "criteria": DOCUMENT["criteria"],
        "groups": DOCUMENT["groups"],
        "districts": DOCUMENT["districts"],
        "measures": DOCUMENT["measures"],
        "raters": 12,
        "first_ratings": False,
        "options": {
            "grades": 5,
            "min_raters": 5,
            "min_groups": 2,
            "pool_below": 20,
            "cap_organisations": False,
            "required_groups": [],
            "population": None,
            "top": 10,
            "draws": 200,
            "seed": 1,
            "confidence": 0.95,
            "min_cell": 5,
        },
    }
    text = json.dumps(header, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    raters = DOCUMENT["raters"]
    text += struct.pack("<12i", *(rater["group"] for rater in raters))
    text += struct.pack("<12i", *(-1 if rater["district"] is None else 0 for rater in raters))
    text += struct.pack("<12q", *(-1 if rater["organisation"] is None else 4 for rater in raters))
    text += bytes(grade for _, _, _, grade in DOCUMENT["ratings"])
    assert prioritise(parse_ranking_data(DOCUMENT)).hash == f"sha256:{hashlib.sha256(text).hexdigest()}"


@pytest.mark.parametrize(
    "entries",
    [
        {"options": {"draws": 200, "seed": 2}},
        {"options": {"draws": 200, "top": 1}},
        {"options": {"draws": 200, "population": {"industry": 100}}},
        {"first_ratings": []},
        {"first_ratings": DOCUMENT["ratings"]},
        {"ratings": DOCUMENT["ratings"][1:]},
        {"measures": ["centre", "laboratory", "slam"]},
        {"criteria": [{"key": "impact", "weight": 0.25}, {"key": "effort", "weight": 0.75}]},
        {"raters": [{**DOCUMENT["raters"][0], "organisation": 1}, *DOCUMENT["raters"][1:]]},
    ],
)
def test_any_other_input_has_another_hash(entries: dict[str, Any]) -> None:
    assert prioritise(parse_ranking_data(changed(**entries))).hash != prioritise(parse_ranking_data(DOCUMENT)).hash


def test_other_first_ratings_have_another_hash() -> None:
    given = changed(first_ratings=DOCUMENT["ratings"])
    other = deepcopy(given)
    other["first_ratings"][7][3] = other["first_ratings"][7][3] % 5 + 1
    assert prioritise(parse_ranking_data(given)).hash != prioritise(parse_ranking_data(other)).hash


@pytest.mark.parametrize("options", [{}, {"min_raters": 5}, {"confidence": 0.95, "seed": 1}, {"population": None}])
def test_defaults_spelled_out_have_the_same_hash(options: dict[str, Any]) -> None:
    spelled, silent = (changed(options={**given, "draws": 200}) for given in (options, {}))
    assert prioritise(parse_ranking_data(spelled)).hash == prioritise(parse_ranking_data(silent)).hash


FAULTS = [
    ([], "The file is [], but it must be an object."),
    ({"schema": "ranking-data/1"}, "The file lacks the entry 'criteria'."),
    (changed(schema="x"), "schema is \"x\", but it must be 'ranking-data/1'."),
    (changed(extra=1), "The file has the unknown entry 'extra'."),
    (changed(criteria=[]), "criteria is empty"),
    (changed(criteria=[{"key": "a"}]), "criteria[0].weight is missing, but it must be a number."),
    (changed(criteria=[{"key": "a", "weight": True}]), "criteria[0].weight is true"),
    (changed(criteria=[{"key": "a", "weight": 2}]), "criteria[0].weight is 2.0, but a weight lies between 0 and 1."),
    (changed(criteria=[{"key": "a", "weight": 0.5}]), "criteria has weights with the sum 0.5"),
    (changed(criteria=[{"key": "a", "weight": 0.5}] * 2), "criteria[1] repeats the key 'a'."),
    (changed(groups=["industry", 3]), "groups[1] is 3, but it must be a text."),
    (changed(groups=["industry", "none"]), "groups must not contain the key 'none'"),
    (changed(measures="centre"), 'measures is "centre", but it must be a list.'),
    (changed(measures=["a", "b", "b"]), "measures[2] repeats the key 'b'."),
    (changed(measures=[]), "measures is empty"),
    (changed(raters=[3]), "raters[0] is 3, but it must be an object."),
    (changed(raters=[{"group": 2}] * 12), "raters[0].group is 2, but it must be null or an index below 2."),
    (changed(raters=[{"group": -1}] * 12), "raters[0].group is -1, but it must lie between 0 and"),
    (changed(raters=[{"district": 0.5}] * 12), "raters[0].district is 0.5, but it must be a whole number."),
    (changed(raters=[{"organisation": 10**30}] * 12), "raters[0].organisation is 1000000000000000000000000000000, but"),
    (changed(ratings=[[0, 0, 0, 6]]), "ratings[0] has the grade 6, but it must be between 1 and 5."),
    (changed(ratings=[[0, 0, 0, 1], [12, 0, 0, 1]]), "ratings[1] has the rater 12, but it must be between 0 and 11."),
    (changed(ratings=[[0, 70000, 0, 1]]), "ratings[0] has the measure 70000"),
    (changed(ratings=[[0, 0, -1, 1]]), "ratings[0] has the criterion -1"),
    (changed(ratings=[[0, 0, 0, 1], [0, 1, 0]]), "ratings[1] is [0, 1, 0], but it must be [rater, measure,"),
    (changed(ratings=[[0, 0, 0, True]]), "ratings[0], grade, is true, but it must be a whole number."),
    (changed(ratings=[[0, 0, 0, 1.0]]), "ratings[0], grade, is 1.0, but it must be a whole number."),
    (changed(ratings=[[0, 0, 0, 10**40]]), "ratings[0], grade, is 1000000000"),
    (changed(ratings=5), "ratings is 5, but it must be a list."),
    (changed(ratings={"rater": [0], "measure": [0], "criterion": [0]}), "ratings.grade is missing, but it must be a"),
    (changed(ratings={**columns([[0, 0, 0, 1]]), "grade": [1, 2]}), "ratings.grade has 2 entries, but ratings.rater"),
    (changed(ratings={**columns([[0, 0, 0, 1]]), "grade": ["1"]}), 'ratings.grade[0] is "1", but it must be a whole'),
    (changed(ratings={**columns([[0, 0, 0, 1]]), "grade": [10**40]}), "ratings.grade[0] is 1000000000"),
    (changed(ratings=[[0, 0, 0, 1], [1, 1, 1, 2], [0, 0, 0, 1]]), "ratings[2] repeats an earlier row: rater 0 rates"),
    (changed(first_ratings=[[0, 0, 0, 9]]), "first_ratings[0] has the grade 9"),
    (changed(options={"sed": 1}), "options has the unknown entry 'sed'."),
    (changed(options={"grades": 1}), "options.grades is 1, but it must be between 2 and 127."),
    (changed(options={"seed": -1}), "options.seed is -1, but it must be at least 0."),
    (changed(options={"draws": 0}), "options.draws is 0, but it must be between 1 and 1000000."),
    (changed(options={"draws": "many"}), 'options.draws is "many", but it must be a whole number.'),
    (changed(options={"confidence": 1}), "options.confidence is 1.0, but it must lie between 0.5 and 1."),
    (changed(options={"cap_organisations": 1}), "options.cap_organisations is 1, but it must be true or false."),
    (changed(options={"required_groups": ["x"]}), "options.required_groups names the group 'x', which is not in"),
    (changed(options={"population": {"x": 4}}), "options.population names the group 'x', which is not in groups."),
    (changed(options={"population": {"science": 0}}), "options.population['science'] is 0, but it must be at least 1."),
    (changed(options={"population": [1]}), "options.population is [1], but it must be null or map keys"),
]


@pytest.mark.parametrize(("document", "sentence"), FAULTS, ids=[sentence[:40] for _, sentence in FAULTS])
def test_malformed_document_is_refused_with_the_place(document: object, sentence: str) -> None:
    with pytest.raises(RankingDataError) as refusal:
        prioritise(parse_ranking_data(document))
    assert str(refusal.value).startswith(sentence)
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is not JSON: Expecting value at line 1, column 1."),
        (b'{"a":\n ]', "The file is not JSON: Expecting value at line 2, column 2."),
        (b'{"a": NaN}', "The file is not JSON: NaN is not a number."),
        (b'{"a": "\xff"}', "The file is not UTF-8 text: the byte at position 7 is invalid."),
        (b"[" * 200_000, "The file is not a ranking: it is nested too deeply."),
        (b"1" * 5000, "The file is not a ranking: it contains a number of too many digits."),
    ],
)
def test_unreadable_file_is_refused_with_the_place(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "ratings.json"
    file.write_bytes(content)
    with pytest.raises(RankingDataError) as refusal:
        read_ranking_data(file)
    assert str(refusal.value) == sentence


def test_columns_of_a_file_are_the_same_however_they_are_written(tmp_path: Path) -> None:
    """Long columns take a way of their own, which has to lead to the same place."""
    document = changed(ratings=columns(DOCUMENT["ratings"]), first_ratings=columns(DOCUMENT["ratings"][:9]))
    document["measures"][0] = '"rater": [1, 2]'
    expected = prioritise(parse_ranking_data(document))
    file = tmp_path / "ratings.json"
    for indent, ascii_only in ((None, True), (1, False)):
        file.write_text(json.dumps(document, indent=indent, ensure_ascii=ascii_only))
        assert prioritise(read_ranking_data(file)) == expected
    assert isinstance(read_ranking_data(file).rating.grade, np.ndarray)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"grade": [1,', '"grade": [-1,', "ratings[0] has the grade -1, but it must be between 1 and 5."),
        ('"grade": [1,', '"grade": [1.5,', "ratings.grade[0] is 1.5, but it must be a whole number."),
        (
            '"grade": [1,',
            '"grade": [12345678901,',
            "ratings[0] has the grade 12345678901, but it must be between 1 and 5.",
        ),
        ('"grade": [1,', '"grade": [01,', "The file is not JSON: Expecting ',' delimiter at line 1, column"),
        ('"grade": [1,', '"grade": [NaN,', "The file is not JSON: NaN is not a number."),
        ('"grade": [1,', '"grade": [', "ratings.grade has 71 entries, but ratings.rater has 72."),
        ('"weight": 0.5', '"weight": NaN', "The file is not JSON: NaN is not a number."),
        ('"weight": 0.5', '"weight": Infinity', "The file is not JSON: Infinity is not a number."),
        ('"raters": [', '"raters": [{"grade": [1]}, ', "raters[0] has the unknown entry 'grade'."),
        (
            '"draws": 200}}',
            '"draws": 200}, "grade": [1',
            "The file is not JSON: Expecting ',' delimiter at line 1, column",
        ),
    ],
)
def test_fault_beside_or_inside_a_column_is_refused_with_the_place(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    text = json.dumps(changed(ratings=columns(DOCUMENT["ratings"])))
    assert old in text
    file = tmp_path / "ratings.json"
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(RankingDataError) as refusal:
        read_ranking_data(file)
    assert str(refusal.value).startswith(sentence)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RankingDataError, match="cannot be read: No such file or directory"):
        read_ranking_data(tmp_path / "absent.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from([*DOCUMENT, "first_ratings"]), JSON)
def test_any_broken_entry_is_a_refusal_or_a_ranking(entry: str, value: object) -> None:
    try:
        result = prioritise(parse_ranking_data(changed(**{entry: value})))
    except RankingDataError:
        return
    assert len(result.measures) + len(result.not_ranked) == len(changed(**{entry: value})["measures"])


def test_arrays_are_parsed_as_given() -> None:
    data = parse_ranking_data(DOCUMENT)
    assert data.rater_group.tolist() == [0, 1] * 6
    assert data.rater_district.tolist() == [0, -1, -1] * 4
    assert data.rater_organisation.tolist() == [-1, -1, -1, 4] + [-1] * 8
    np.testing.assert_array_equal(
        np.stack([data.rating.rater, data.rating.measure, data.rating.criterion, data.rating.grade], axis=1),
        DOCUMENT["ratings"],
    )
