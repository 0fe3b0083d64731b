"""Groups that show in the answers themselves: who answers alike, whether it is more than chance, whether it is stable.

Definitions: methods section 2.5, after the maps of Polis: two principal components, scaled for how much somebody has
answered, and k-means. Pure functions; the only randomness comes from the seed. They never weigh anything.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.linalg import ArpackError, eigsh

from theses.domain.clustering import SAMPLE, Points, adjusted_rand, k_means, silhouettes
from theses.domain.intervals import Ints
from theses.domain.tally import publishable

ENOUGH_ANSWERS = 7
ENOUGH_PEOPLE = 50
SIZES = (2, 3, 4, 5)
SHUFFLES = 99
MOST_BY_CHANCE = 0.05
SUBSAMPLES = 50
SUBSAMPLED = 0.8
STABLE = 0.80
FEW_THESES = 64
"""Up to here, all components are computed at once; above, only the two that are needed."""

PRECISION = 1e-5


class Doubt(StrEnum):
    """Why no opinion groups are shown."""

    TOO_FEW_PEOPLE = "too_few_people"
    CHANCE = "not_distinguishable_from_chance"
    UNSTABLE = "unstable"


@dataclass(frozen=True, eq=False)
class Answered:
    """Centred answers of V cells: `row` and `column` int[V] sorted by column, `value` float32[V]; `rows`, `columns`."""

    row: Ints
    column: Ints
    value: NDArray[np.float32]
    rows: int
    columns: int


@dataclass(frozen=True, eq=False)
class Grouping:
    """`groups` int[N] numbered from the largest group, `places` float32[N, 2] on the map; `silhouette` of this `k`."""

    groups: Ints
    places: Points
    k: int
    silhouette: float


@dataclass(frozen=True, eq=False)
class OpinionGroups:
    """`members` int[P] and `places` float32[P, 2]: -1 and NaN for people who answered too little, and for everybody
    while `doubt` is not None. Figures are None where too few people took part, `stability` also where chance explains
    the groups."""

    doubt: Doubt | None
    k: int | None
    silhouette: float | None
    p: float | None
    stability: float | None
    members: Ints
    places: Points


def opinion_groups(
    *,
    participant: Ints,
    thesis: Ints,
    value: Ints,
    participants: int,
    theses: int,
    seed: int,
    shuffles: int = SHUFFLES,
) -> OpinionGroups:
    """One answer a pair, as in `tally`. Takes 4 bytes for each pair of kept participant and thesis.

    With independent answers, groups are shown in at most one of twenty conversations, for any 19 or more `shuffles`.
    """
    kept = enough_answers(participant, participants, theses)
    if len(kept) < ENOUGH_PEOPLE:
        return _nothing(participants, Doubt.TOO_FEW_PEOPLE)
    answered = answers_of(kept, participant, thesis, value, theses)
    random = np.random.default_rng(seed)
    grouping = group(answered, random)
    p = _by_chance(answered, grouping.silhouette, random, shuffles)
    doubt: Doubt | None = Doubt.CHANCE
    stability: float | None = None
    if p <= MOST_BY_CHANCE:
        stability = _stability(answered, grouping.groups, random)
        doubt = Doubt.UNSTABLE if stability < STABLE else None
    members, places = np.full(participants, -1, dtype=np.int64), np.full((participants, 2), np.nan, dtype=np.float32)
    if doubt is None:
        members[kept], places[kept] = grouping.groups, grouping.places
    return OpinionGroups(doubt, grouping.k, grouping.silhouette, p, stability, members, places)


def crossed(members: Ints, declared: Ints, *, groups: int) -> Ints:
    """int[K, G]: how many of each opinion group belong to each declared group (int[P] in 0..G-1)."""
    k = int(members.max(initial=-1)) + 1
    inside = members >= 0
    return np.bincount(members[inside] * groups + declared[inside], minlength=k * groups).reshape(k, groups)


def crossed_in_public(members: Ints, declared: Ints, *, groups: int, smallest: int) -> Ints:
    """int[K, G + 1]: as `crossed`, but small cells are empty and stand together in a last column (`publishable`)."""
    table = crossed(members, declared, groups=groups)
    return publishable(table.T[:, :, None], smallest=smallest)[:, :, 0].T


def enough_answers(participant: Ints, participants: int, theses: int) -> Ints:
    """Participants with so many answers that their place on the map means something."""
    return np.flatnonzero(np.bincount(participant, minlength=participants) >= max(1, min(ENOUGH_ANSWERS, theses)))


def answers_of(kept: Ints, participant: Ints, thesis: Ints, value: Ints | Points, theses: int) -> Answered:
    """Answers of the kept participants, each less the mean answer to its thesis; the participants numbered anew."""
    number = np.full(max(int(participant.max()), int(kept.max())) + 1, -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    counted = np.flatnonzero(number[participant] >= 0)
    counted = counted[np.lexsort((number[participant[counted]], thesis[counted]))]
    row, column, given = number[participant[counted]], thesis[counted].astype(np.int64), value[counted]
    answers = np.bincount(column, minlength=theses)
    mean = np.bincount(column, weights=given, minlength=theses) / np.maximum(answers, 1)
    return Answered(row, column, (given - mean[column]).astype(np.float32), len(kept), theses)


def group(answered: Answered, random: np.random.Generator) -> Grouping:
    """The number of groups with the best silhouette, the smaller number in a tie."""
    places = _places(answered)
    sample = (
        np.sort(random.choice(len(places), SAMPLE, replace=False)) if len(places) > SAMPLE else np.arange(len(places))
    )
    found = [k_means(places, k, sample=sample, random=random) for k in SIZES]
    separation = silhouettes(places[sample], [groups[sample] for groups in found])
    best = int(np.argmax(separation))
    groups = _by_size(found[best])
    return Grouping(groups, places, int(groups.max()) + 1, separation[best])


def _places(answered: Answered) -> Points:
    """float32[N, 2]: projections on the two main components, larger for people who answered little."""
    matrix = np.zeros((answered.rows, answered.columns), dtype=np.float32)
    matrix[answered.row, answered.column] = answered.value
    main = _main_components(matrix.T @ matrix)
    answers = np.bincount(answered.row, minlength=answered.rows)
    scale = np.sqrt(answered.columns / np.maximum(answers, 1)).astype(np.float32)
    places = np.zeros((answered.rows, 2), dtype=np.float32)
    places[:, : main.shape[1]] = (matrix @ main) * scale[:, None]
    return places


def _main_components(gram: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32[J, 2], or [1, 1] for one thesis: the strongest first, each positive where it is largest."""
    if len(gram) <= FEW_THESES:
        components = np.linalg.eigh(gram)[1][:, :-3:-1]
    else:
        try:
            strength, components = eigsh(gram, k=2, v0=np.ones(len(gram), dtype=np.float32), tol=PRECISION)
            components = components[:, np.argsort(-strength)]
        except ArpackError:  # nobody differs, or both components are equally strong
            components = np.linalg.eigh(gram)[1][:, :-3:-1]
    loading = np.take_along_axis(components, np.abs(components).argmax(axis=0)[None], axis=0)
    return np.asarray(components * np.where(loading < 0, -1, 1), dtype=np.float32)


def _by_chance(answered: Answered, silhouette: float, random: np.random.Generator, shuffles: int) -> float:
    """How often answers that were shuffled inside each thesis separate as well; who saw what stays as it was."""
    ends = np.cumsum(np.bincount(answered.column, minlength=answered.columns))[:-1]
    shuffled = answered.value.copy()
    columns = np.split(shuffled, ends)
    as_good = 0
    for _shuffle in range(shuffles):
        for column in columns:
            random.shuffle(column)
        other = Answered(answered.row, answered.column, shuffled, answered.rows, answered.columns)
        as_good += group(other, random).silhouette >= silhouette
    return (1 + as_good) / (1 + shuffles)


def _stability(answered: Answered, groups: Ints, random: np.random.Generator) -> float:
    """Median likeness with the groups that are found anew among four fifths of the people."""
    size = max(1, round(SUBSAMPLED * answered.rows))
    likeness = []
    for _sample in range(SUBSAMPLES):
        some = np.sort(random.choice(answered.rows, size, replace=False))
        part = answers_of(some, answered.row, answered.column, answered.value, answered.columns)
        likeness.append(adjusted_rand(groups[some], group(part, random).groups))
    return float(np.median(likeness))


def _by_size(groups: Ints) -> Ints:
    """Numbered from the largest; among equals the one whose first member comes first."""
    sizes = np.bincount(groups)
    first = np.array([int((groups == place).argmax()) for place in range(len(sizes))])
    order = np.lexsort((first, -sizes))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return np.asarray(number[groups], dtype=np.int64)


def _nothing(participants: int, doubt: Doubt) -> OpinionGroups:
    nobody = np.full(participants, -1, dtype=np.int64)
    return OpinionGroups(doubt, None, None, None, None, nobody, np.full((participants, 2), np.nan, dtype=np.float32))
