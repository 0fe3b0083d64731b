"""From the rows of a round to the anonymous arrays of a ranking. Millions of answers pass without one object each: they
come in parts by COPY, and each part is entered into a cube of one byte for each rater, measure and criterion."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac
from numpy.typing import NDArray

from measures.domain.rating_data import Ints, Options, RatingData, rating_rows
from measures.models import Assessment, AssessmentRound, FormerRater
from stakeholders.models import District, Stakeholder, StakeholderGroup

NOBODY = -1
HEAD, TAIL = 19, 2  # bytes before and after the rows of a binary COPY without extensions
ROWS_AT_A_TIME = 1 << 20
COLUMNS = ("rater", "measure", "rest")
ROW = np.dtype([("columns", ">i2")] + [part for name in COLUMNS for part in ((f"{name}_size", ">i4"), (name, ">i4"))])
# The fewer and shorter the columns, the faster the database: criterion and both grades share one.
COPY = (
    "COPY (SELECT coalesce(rater_id, -former_id)::int, measure_id::int,"
    " (criterion_id * 64 + coalesce(grade, 0) * 8 + coalesce(first_grade, 0))::int"
    " FROM measures_assessment WHERE round_id = %d) TO STDOUT (FORMAT BINARY)"
)


@dataclass(frozen=True, eq=False)
class Rows:
    """Some answers as columns of equal length: primary keys, and grades with 0 for "kann ich nicht beurteilen".

    The keys of former raters are negative, so that both kinds have one column.
    """

    rater: Ints
    measure: Ints
    criterion: Ints
    grade: Ints
    first: Ints


@dataclass(frozen=True, eq=False)
class Cubes:
    """uint8[P, M, C] each, the last and the first grade of every person, 0 where there is none; `unknown` int[M] counts
    who could not judge a measure, once for each criterion."""

    last: NDArray[np.uint8]
    first: NDArray[np.uint8]
    unknown: Ints


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
    cubes = _cubes(assessment_round, people[:, 0], [pk for pk, _ in measures], [pk for pk, _, _ in criteria])
    order, organisations = _numbered(assessment_round, cubes, people[:, 3])
    people = people[order]
    data = RatingData(
        criteria=tuple(key for _pk, key, _weight in criteria),
        weights=np.array([float(weight) for _pk, _key, weight in criteria]),
        groups=tuple(key for _pk, key in groups),
        districts=tuple(key for _pk, key in districts),
        measures=tuple(slug for _pk, slug in measures),
        rater_group=_places([pk for pk, _key in groups], people[:, 1]),
        rater_district=_places([pk for pk, _key in districts], people[:, 2]),
        rater_organisation=organisations,
        rating=rating_rows(cubes.last[order]),
        first=rating_rows(cubes.first[order]),
        options=options_of(assessment_round),
    )
    return RoundRatings(data, dict(zip(data.measures, cubes.unknown.tolist(), strict=True)))


def options_of(assessment_round: AssessmentRound) -> Options:
    """The rules of a round, as they stand in its report."""
    return Options(
        min_raters=assessment_round.min_raters,
        min_groups=assessment_round.min_groups,
        cap_organisations=assessment_round.cap_organisations,
        required_groups=tuple(assessment_round.required_groups.values_list("key", flat=True)),
        top=assessment_round.top,
        seed=assessment_round.seed,
    )


def _rows(assessment_round: AssessmentRound) -> Iterator[Rows]:
    with tempfile.TemporaryFile() as file:
        with connection.cursor() as cursor:
            cursor.cursor.copy_expert(COPY % assessment_round.pk, file)
        rest = (file.tell() - HEAD - TAIL) // ROW.itemsize
        file.seek(HEAD)
        while rest:
            count = min(ROWS_AT_A_TIME, rest)
            rest -= count
            part = np.frombuffer(file.read(count * ROW.itemsize), dtype=ROW)
            rater, measure, packed = (part[name].astype(np.int32) for name in COLUMNS)
            yield Rows(rater, measure, packed >> 6, packed >> 3 & 7, packed & 7)


def _cubes(assessment_round: AssessmentRound, people: Ints, measures: Sequence[int], criteria: Sequence[int]) -> Cubes:
    shape = (len(people), len(measures), len(criteria))
    cubes = Cubes(np.zeros(shape, np.uint8), np.zeros(shape, np.uint8), np.zeros(len(measures), np.int64))
    for rows in _rows(assessment_round):
        rater, measure = _places(people, rows.rater), _places(measures, rows.measure)
        criterion = _places(criteria, rows.criterion)
        counted = (rater >= 0) & (measure >= 0) & (criterion >= 0)
        place = ((rater * len(measures) + measure) * len(criteria) + criterion)[counted]
        cubes.last.reshape(-1)[place] = rows.grade[counted]
        cubes.first.reshape(-1)[place] = rows.first[counted]
        cubes.unknown[:] += np.bincount(measure[counted & (rows.grade == 0)], minlength=len(measures))
    return cubes


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


def _numbered(assessment_round: AssessmentRound, cubes: Cubes, organisations: Ints) -> tuple[Ints, Ints]:
    """The places of the people in the order of their secret numbers, and their organisations, shuffled likewise.

    Somebody who only ever said "kann ich nicht beurteilen" gets no number.
    """
    graded = np.flatnonzero(cubes.last.any(axis=(1, 2)) | cubes.first.any(axis=(1, 2)))
    secret = salted_hmac("measures.domain.round_ratings", str(assessment_round.pk), algorithm="sha256").digest()
    chance = np.random.default_rng(list(secret))
    order = graded[chance.permutation(len(graded))]
    return order, _shuffled(organisations[order], chance)


def _shuffled(organisations: Ints, chance: np.random.Generator) -> Ints:
    """Who is the only one of an organisation stands for himself or herself: that it is one decides nothing."""
    _known, place, people = np.unique(organisations, return_inverse=True, return_counts=True)
    organisations = np.where(people[place] == 1, NOBODY, organisations)
    known, place = np.unique(organisations, return_inverse=True)
    numbers = chance.permutation(len(known))
    return np.where(organisations == NOBODY, NOBODY, numbers[place])


def _places(keys: Sequence[int] | Ints, values: Ints) -> Ints:
    """The position of every value in `keys`, -1 where it is not there."""
    if not len(keys):
        return np.full(len(values), NOBODY)
    order = np.argsort(keys)
    ordered = np.asarray(keys)[order]
    found = np.minimum(np.searchsorted(ordered, values), len(keys) - 1)
    return np.where(ordered[found] == values, order[found], NOBODY)
