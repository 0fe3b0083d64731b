"""All tables of one report together: whoever knows how many people stand behind every cell, and is good at equations,
still learns no mean of a small group or district."""

from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from measures.domain.concealment import concealed_districts
from measures.domain.prioritisation import prioritise
from measures.domain.ranking_output import ranking_output
from measures.domain.rating_data import Options, RatingData
from measures.models import AssessmentRound, Ranking
from measures.reports.ranking import build
from publishing.document import Document
from publishing.tables import Cell, Suppressed, Table
from tests.measures.domain.ranking_samples import rating_data

MIN_CELL = 5
CASES = 150


def drawn(seed: int) -> RatingData:
    """Two measures, few groups and districts, many cells of none to nine people, everybody rates everything."""
    chance = np.random.default_rng(seed)
    groups, districts = int(chance.integers(2, 5)), int(chance.integers(1, 5))
    counts = chance.integers(0, 10, size=(groups, districts)) * (chance.random((groups, districts)) < 0.6)
    counts[0, 0], counts[1, 0] = max(counts[0, 0], chance.integers(1, 7)), max(counts[1, 0], 1)
    group, district = (np.repeat(axis.ravel(), counts.ravel()) for axis in np.indices(counts.shape))
    return rating_data(
        chance.integers(1, 6, size=(len(group), 2, 1)),
        group,
        groups=tuple(f"g{number}" for number in range(groups)),
        districts=tuple(f"d{number}" for number in range(districts)),
        rater_district=district,
        options=Options(draws=50, min_raters=int(chance.integers(1, 6)), min_groups=1, top=1, min_cell=MIN_CELL),
    )


def report(data: RatingData) -> tuple[Ranking, Document]:
    now = timezone.now()
    result = ranking_output(prioritise(data))
    both = {"de": "x", "en": "x"}

    def named(keys: tuple[str, ...]) -> list[dict[str, str]]:
        return [{"key": key, "de": key, "en": key} for key in keys]

    labels = {
        "round": {"title": both, "question": both, "opens_at": now.isoformat(), "closes_at": now.isoformat()},
        "criteria": [{"key": "c0", **both, "question": both, "weight": 1.0}],
        "measures": named(data.measures),
        "groups": named(data.groups),
        "districts": named(data.districts),
        "concealed_districts": concealed_districts(data, result["measures"]),
        "unknown": dict.fromkeys(data.measures, 0),
    }
    ranking = Ranking(
        round=AssessmentRound(), version=1, result=result, labels=labels, hash=result["hash"], created_at=now
    )
    return ranking, build(ranking, "de")


def rows(document: Document, key: str) -> dict[str, dict[str, Cell]]:
    """Of a table by the name of the row and the label of the column."""
    found: Table = next(table for table in document.tables() if table.key == key)
    names = [column.label for column in found.columns]
    return {str(row[found.header_index]): dict(zip(names, row, strict=True)) for row in found.rows}


def told(document: Document, data: RatingData, measure: dict[str, Any]) -> list[np.ndarray]:
    """What the report tells of a measure as equations for the sums of points in each cell of group and district."""
    shape = (len(data.groups), len(data.districts))
    people = np.zeros(shape)
    np.add.at(people, (data.rater_group, data.rater_district), 1)
    size = people.sum(axis=1)
    equations: list[np.ndarray] = []

    def tell(cell: Cell, weights: np.ndarray) -> None:
        if isinstance(cell, int | float):
            equations.append((weights * (people > 0)).ravel())

    groups, parts = rows(document, "groups")[measure["key"]], rows(document, "contributions")[measure["key"]]
    for place, key in enumerate(data.groups):
        only = np.zeros(shape)
        only[place] = 1
        tell(groups[key], only)
        tell(parts.get(key), only)
    for place, key in enumerate(data.districts):
        only = np.zeros(shape)
        only[:, place] = 1
        tell(rows(document, "districts")[measure["key"]][key], only)
    voiced = np.array([measure["groups"][key]["weight"] for key in data.groups])
    share = np.divide(voiced, size, out=np.zeros_like(size), where=size > 0)
    ranking = rows(document, "ranking")[measure["key"]]
    tell(ranking["Punkte, gleiche Stimme je Gruppe"], np.tile(share[:, None], shape[1]))
    tell(ranking["Punkte je Kopf"], np.tile((voiced > 0).astype(float)[:, None], shape[1]))
    return equations


def follows(wanted: np.ndarray, equations: list[np.ndarray]) -> bool:
    """Whether the sum lies in the span of what is told."""
    if not equations:
        return False
    matrix = np.stack(equations).T
    solution = np.linalg.lstsq(matrix, wanted, rcond=None)[0]
    return bool(np.abs(matrix @ solution - wanted).max() < 1e-9)


def small_sums(data: RatingData) -> list[np.ndarray]:
    """One for each group and each district of one to four people."""
    shape = (len(data.groups), len(data.districts))
    people = np.zeros(shape)
    np.add.at(people, (data.rater_group, data.rater_district), 1)
    present = people > 0
    found = []
    for axis, count in enumerate(shape):
        for place in range(count):
            taken = np.zeros(shape)
            taken[(place, slice(None)) if axis == 0 else (slice(None), place)] = 1
            if 0 < people[taken > 0].sum() < MIN_CELL:
                found.append((taken * present).ravel())
    return found


@pytest.mark.parametrize("seed", range(CASES))
def test_no_mean_of_a_small_group_or_district_follows_from_all_tables_together(seed: int) -> None:
    data = drawn(seed)
    ranking, document = report(data)
    for measure in ranking.result["measures"]:
        equations = told(document, data, measure)
        for wanted in small_sums(data):
            assert not follows(wanted, equations)


def test_the_check_itself_finds_what_is_told() -> None:
    """Small cells are common in these cases, and shown means do follow from what is told."""
    with_small = 0
    for seed in range(CASES):
        data = drawn(seed)
        with_small += bool(small_sums(data))
    assert with_small > CASES / 2
    data = drawn(0)
    ranking, document = report(data)
    equations = told(document, data, ranking.result["measures"][0])
    assert follows(equations[0], equations)
    assert follows(2 * equations[0] - equations[1], equations)


@pytest.mark.parametrize("seed", range(CASES))
def test_no_count_of_a_small_group_or_district_is_shown_or_follows_from_the_total(seed: int) -> None:
    data = drawn(seed)
    _ranking, document = report(data)
    total = len(data.rater_group)
    for key, column, names in (
        ("participation-groups", data.rater_group, data.groups),
        ("participation-districts", data.rater_district, data.districts),
    ):
        counts = np.bincount(column, minlength=len(names))
        shown = [rows(document, key)[name]["Bewertende"] for name in names]
        hidden = [count for count, cell in zip(counts.tolist(), shown, strict=True) if isinstance(cell, Suppressed)]
        assert all(
            isinstance(cell, Suppressed) for count, cell in zip(counts, shown, strict=True) if 0 < count < MIN_CELL
        )
        if hidden and np.count_nonzero(counts) > 1:
            assert len(hidden) >= 2
            assert sum(hidden) >= min(MIN_CELL, total)


@pytest.mark.parametrize("seed", range(0, CASES, 4))
def test_share_between_groups_is_not_told_beside_a_small_voice(seed: int) -> None:
    """With polarisation it gives the squares of the groups' distances: an equation more."""
    data = drawn(seed)
    ranking, document = report(data)
    for measure in ranking.result["measures"]:
        small = any(share["weight"] > 0 and share["n"] < MIN_CELL for share in measure["groups"].values())
        told_share = isinstance(rows(document, "dissent")[measure["key"]]["Anteil zwischen den Gruppen"], float)
        assert told_share is (not small and measure["eta2"] is not None)
