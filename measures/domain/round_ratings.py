"""From the rows of a round to the anonymous arrays of a ranking. Millions of answers pass without one object each."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np
from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac
from numpy.typing import NDArray

from measures.domain.rating_data import Ints, Options, RatingData, Ratings
from measures.models import Assessment, AssessmentRound, FormerRater
from stakeholders.models import District, Stakeholder, StakeholderGroup

NOBODY = -1
HEAD, TAIL = 19, 2  # bytes before and after the rows of a binary COPY without extensions
ROWS_AT_A_TIME = 1 << 20
COLUMNS = ("rater", "measure", "criterion", "grade", "first")
ROW = np.dtype([("columns", ">i2")] + [part for name in COLUMNS for part in ((f"{name}_size", ">i4"), (name, ">i4"))])
COPY = (
    "COPY (SELECT coalesce(rater_id, -former_id)::int, measure_id::int, criterion_id::int, coalesce(grade, 0)::int,"
    " coalesce(first_grade, 0)::int FROM measures_assessment WHERE round_id = %d) TO STDOUT (FORMAT BINARY)"
)


@dataclass(frozen=True, eq=False)
class Rows:
    """Five columns of equal length: primary keys, and grades with 0 for "kann ich nicht beurteilen".

    The keys of former raters are negative, so that both kinds have one column.
    """

    rater: Ints
    measure: Ints
    criterion: Ints
    grade: Ints
    first: Ints

    def where(self, chosen: NDArray[np.bool_]) -> "Rows":
        return Rows(*(getattr(self, name)[chosen] for name in COLUMNS))


@dataclass(frozen=True, eq=False)
class RoundRatings:
    """`unknown` counts the answers "kann ich nicht beurteilen" by slug of the measure."""

    data: RatingData
    unknown: dict[str, int]


def read_round(assessment_round: AssessmentRound) -> RoundRatings:
    """All that counts in a round: answers of active stakeholders to its measures and criteria.

    Raters are numbered by a secret shuffle and organisations likewise, so that neither the numbers nor their order lead
    back to an account. The same answers give the same numbers, hence the same hash.
    """
    measures = list(assessment_round.measures.order_by("slug").values_list("pk", "slug"))
    criteria = list(assessment_round.criteria.values_list("pk", "key", "weight"))
    groups = list(StakeholderGroup.objects.values_list("pk", "key"))
    districts = list(District.objects.values_list("pk", "key"))
    people = _people(assessment_round)
    rows = _rows(assessment_round)
    counted = np.isin(rows.rater, people[:, 0]) & np.isin(rows.measure, [pk for pk, _slug in measures])
    rows = rows.where(counted)
    measure = _places([pk for pk, _slug in measures], rows.measure)
    unknown = np.bincount(measure[rows.grade == 0], minlength=len(measures)).tolist()
    raters, people = _numbered(assessment_round, rows, people)
    criterion = _places([pk for pk, _key, _weight in criteria], rows.criterion)
    order = np.argsort((raters * len(measures) + measure) * len(criteria) + criterion)
    pairs = (raters[order], measure[order], criterion[order])
    data = RatingData(
        criteria=tuple(key for _pk, key, _weight in criteria),
        weights=np.array([float(weight) for _pk, _key, weight in criteria]),
        groups=tuple(key for _pk, key in groups),
        districts=tuple(key for _pk, key in districts),
        measures=tuple(slug for _pk, slug in measures),
        rater_group=_places([pk for pk, _key in groups], people[:, 1]),
        rater_district=_places([pk for pk, _key in districts], people[:, 2]),
        rater_organisation=people[:, 3],
        rating=_ratings(pairs, rows.grade[order]),
        first=_ratings(pairs, rows.first[order]),
        options=_options(assessment_round),
    )
    return RoundRatings(data, dict(zip(data.measures, unknown, strict=True)))


def _options(assessment_round: AssessmentRound) -> Options:
    return Options(
        min_raters=assessment_round.min_raters,
        min_groups=assessment_round.min_groups,
        cap_organisations=assessment_round.cap_organisations,
        required_groups=tuple(assessment_round.required_groups.values_list("key", flat=True)),
        top=assessment_round.top,
        seed=assessment_round.seed,
    )


def _rows(assessment_round: AssessmentRound) -> Rows:
    """By COPY into a temporary file, from there in parts, so that the memory holds the columns and nothing else."""
    with tempfile.TemporaryFile() as file:
        with connection.cursor() as cursor:
            cursor.cursor.copy_expert(COPY % assessment_round.pk, file)
        size = (file.tell() - HEAD - TAIL) // ROW.itemsize
        columns = {name: np.empty(size, dtype=np.int32) for name in COLUMNS}
        _fill(columns, file)
    return Rows(**columns)


def _fill(columns: dict[str, NDArray[np.int32]], file: IO[bytes]) -> None:
    size = len(columns["rater"])
    file.seek(HEAD)
    for start in range(0, size, ROWS_AT_A_TIME):
        count = min(ROWS_AT_A_TIME, size - start)
        part = np.frombuffer(file.read(count * ROW.itemsize), dtype=ROW)
        for name, column in columns.items():
            column[start : start + count] = part[name]


def _people(assessment_round: AssessmentRound) -> NDArray[np.int64]:
    """int64[P, 4]: who answered anything and counts, with group, district and organisation, -1 for none; in the order
    of the keys, the negative ones of former raters first."""
    answers = Assessment.objects.filter(round=assessment_round, rater=OuterRef("pk"))
    rows = Stakeholder.objects.taking_part().filter(Exists(answers)).order_by("pk")
    traits = ("group_id", "district_id", "organisation_id")
    merged = Coalesce("organisation__merged_into", "organisation")
    former = FormerRater.objects.filter(round=assessment_round).order_by("-pk").annotate(key=-F("pk"), merged=merged)
    values = [*former.values_list("key", *traits[:2], "merged"), *rows.values_list("pk", *traits)]
    table = [[NOBODY if value is None else value for value in row] for row in values]
    return np.array(table, dtype=np.int64).reshape(-1, 4)


def _numbered(
    assessment_round: AssessmentRound, rows: Rows, people: NDArray[np.int64]
) -> tuple[Ints, NDArray[np.int64]]:
    """The number of the rater of every row, and the people in the order of these numbers with shuffled organisations.

    Somebody who only ever said "kann ich nicht beurteilen" gets no number.
    """
    graded = np.isin(people[:, 0], rows.rater[(rows.grade > 0) | (rows.first > 0)])
    people = people[graded]
    secret = salted_hmac("measures.domain.round_ratings", str(assessment_round.pk), algorithm="sha256").digest()
    chance = np.random.default_rng(list(secret))
    order = chance.permutation(len(people))
    number = np.empty(len(people), dtype=np.int64)
    number[order] = np.arange(len(people))
    place = np.searchsorted(people[:, 0], rows.rater)
    raters = number[np.minimum(place, max(len(people) - 1, 0))] if len(people) else place
    people = people[order]
    people[:, 3] = _shuffled(people[:, 3], chance)
    return raters, people


def _shuffled(organisations: Ints, chance: np.random.Generator) -> Ints:
    """Who is the only one of an organisation stands for himself or herself: that it is one decides nothing."""
    _known, place, people = np.unique(organisations, return_inverse=True, return_counts=True)
    organisations = np.where(people[place] == 1, NOBODY, organisations)
    known, place = np.unique(organisations, return_inverse=True)
    numbers = chance.permutation(len(known))
    return np.where(organisations == NOBODY, NOBODY, numbers[place])


def _places(keys: Sequence[int], values: Ints) -> Ints:
    """The position of every value in `keys`, -1 where it is not there."""
    if not keys:
        return np.full(len(values), NOBODY)
    order = np.argsort(keys)
    ordered = np.asarray(keys)[order]
    found = np.minimum(np.searchsorted(ordered, values), len(keys) - 1)
    return np.where(ordered[found] == values, order[found], NOBODY)


def _ratings(pairs: tuple[Ints, Ints, Ints], grade: Ints) -> Ratings:
    given = grade > 0
    rater, measure, criterion = (column[given] for column in pairs)
    return Ratings(rater, measure, criterion, grade[given])
