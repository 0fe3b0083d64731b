"""Counting: from single grades to histograms per group, measure and criterion (methods section 4.3 and 4.4).

All sums are sums of whole numbers wherever the organisation cap is off, hence exact: neither the order of the rows
nor the number of processor threads can change a digit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from measures.domain.rating_data import Bools, Floats, Ints, RatingData

ROWS_AT_A_TIME = 8192  # a block of rows that stays in the processor's cache


@dataclass(frozen=True, eq=False)
class Block:
    """Some raters of one group: `grades` uint8[C, n, M]; `starts` are the rows at which a cluster begins."""

    grades: NDArray[np.uint8]
    starts: Ints

    @property
    def single(self) -> bool:
        """Whether every rater is a cluster of their own."""
        return bool(len(self.starts) == self.grades.shape[1])

    def cluster_sums(self, values: NDArray[Any]) -> Floats:
        """float64[clusters, M] from float64, uint8 or bool[n, M]."""
        if self.single:
            return values.astype(np.float64)
        members = csr_array(
            (np.ones(len(values)), np.arange(len(values)), np.append(self.starts, len(values))),
            shape=(len(self.starts), len(values)),
        )
        sums: Floats = members @ values.astype(np.float64)
        return sums

    def shared_voices(self, answered: Bools) -> Floats:
        """float64[n, M]: 1/k for each of the k answers inside a cluster."""
        if self.single:
            return answered.astype(np.float64)
        size = np.diff(self.starts, append=len(answered))
        share: Floats = answered / np.maximum(np.repeat(self.cluster_sums(answered), size, axis=0), 1)
        return share


@dataclass(frozen=True, eq=False)
class Ballots:
    """Grades of the raters that belong to a group, on the criteria that weigh more than zero.

    `grades` uint8[C, R, M], 0 where not rated, raters sorted by group and then by cluster: the organisation inside
    the group, or the person without one; who has no colleagues comes first. `group` int[R]; `cluster_start` bool[R] is
    True where a cluster begins.
    `voice_per_organisation` says that an answer weighs 1/k where k colleagues answered.
    """

    grades: NDArray[np.uint8]
    group: Ints
    groups: int
    top_grade: int
    cluster_start: Bools
    voice_per_organisation: bool

    def blocks(self, group: int) -> Iterator[Block]:
        """Cut the raters of a group into blocks that never divide a cluster; those without colleagues are apart."""
        low, high = np.searchsorted(self.group, [group, group + 1]).tolist()
        starts = low + np.flatnonzero(self.cluster_start[low:high])
        several = np.flatnonzero(np.diff(starts, append=high) > 1)
        border = int(starts[several[0]]) if several.size else high
        for part, end in ((starts[starts < border], border), (starts[starts >= border], high)):
            rest = part
            while rest.size:
                taken = max(1, int(np.searchsorted(rest, rest[0] + ROWS_AT_A_TIME)))
                stop = int(rest[taken]) if taken < rest.size else end
                yield Block(grades=self.grades[:, rest[0] : stop], starts=rest[:taken] - rest[0])
                rest = rest[taken:]

    def clusters(self) -> Ints:
        """int[G]: how many organisations and single persons of each group rated anything."""
        return np.bincount(self.group[self.cluster_start], minlength=self.groups)

    def without(self, leave_out: Bools) -> "Ballots":
        """The same ballots without some raters (bool[R])."""
        cluster = np.cumsum(self.cluster_start)[~leave_out]
        return Ballots(
            grades=self.grades[:, ~leave_out],
            group=self.group[~leave_out],
            groups=self.groups,
            top_grade=self.top_grade,
            cluster_start=np.diff(cluster, prepend=0) > 0,
            voice_per_organisation=self.voice_per_organisation,
        )


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts over the raters of each group; with the organisation cap, organisations are counted instead of persons.

    `histogram` float64[G, M, C, X] the number of answers per grade 1 to X; `answers` float64[G, M, C] its sum;
    `raters` int[G, M] how many rated the measure on at least one criterion; `clusters` int[G]; `mean` float64[G, M, C]
    the mean value on the scale of 0 to 100, NaN where nobody answered.
    """

    histogram: Floats
    answers: Floats
    raters: Ints
    clusters: Ints
    mean: Floats


def sort_ballots(data: RatingData, cube: NDArray[np.uint8]) -> Ballots:
    """Sort a cube uint8[R, M, C] by group and cluster; drops who has no group or no answer that counts."""
    used = cube[:, :, data.weights > 0]
    taking_part = np.flatnonzero((data.rater_group >= 0) & used.any(axis=(1, 2)))
    group, organisation = data.rater_group[taking_part], data.rater_organisation[taking_part].astype(np.int64)
    order = np.lexsort((taking_part, organisation, group))
    group, organisation = group[order], organisation[order]
    start = (np.diff(group, prepend=-1) != 0) | (np.diff(organisation, prepend=-1) != 0) | (organisation < 0)
    size = np.diff(np.flatnonzero(start), append=len(start))
    alone_first = np.lexsort((np.repeat(size > 1, size), group))
    return Ballots(
        grades=np.ascontiguousarray(used[taking_part[order[alone_first]]].transpose(2, 0, 1)),
        group=group,
        groups=len(data.groups),
        top_grade=data.options.grades,
        cluster_start=start[alone_first],
        voice_per_organisation=data.options.cap_organisations and bool((size > 1).any()),
    )


def tally(ballots: Ballots) -> Tally:
    criteria, _, measures = ballots.grades.shape
    top, groups = ballots.top_grade, ballots.groups
    histogram = np.zeros((groups, measures, criteria, top))
    raters = np.zeros((groups, measures), dtype=np.int64)
    for group in range(groups):
        for block in ballots.blocks(group):
            for criterion in range(criteria):
                histogram[group, :, criterion] += _histogram(ballots, block, criterion)
            answered: Bools = np.logical_or.reduce(block.grades, axis=0)
            if ballots.voice_per_organisation and not block.single:
                answered = block.cluster_sums(answered) > 0
            raters[group] += np.count_nonzero(answered, axis=0)
    answers = np.rint(histogram.sum(axis=-1))
    return Tally(
        histogram=histogram,
        answers=answers,
        raters=raters,
        clusters=ballots.clusters(),
        mean=_mean_value(histogram, top),
    )


def voices(ballots: Ballots, block: Block, answered: Bools) -> Floats:
    """float64[n, M]: what each answer of a block weighs: 1, or 1/k where k colleagues share one voice."""
    return block.shared_voices(answered) if ballots.voice_per_organisation else answered.astype(np.float64)


def _histogram(ballots: Ballots, block: Block, criterion: int) -> Floats:
    """float64[M, X] for one criterion."""
    grades = block.grades[criterion]
    measures, columns = grades.shape[1], ballots.top_grade + 1
    place = grades + np.arange(measures) * columns
    shared = ballots.voice_per_organisation and not block.single
    weights = block.shared_voices(grades > 0).ravel() if shared else None
    counted = np.bincount(place.ravel(), weights=weights, minlength=measures * columns)
    return counted.reshape(measures, columns)[:, 1:].astype(np.float64)


def _mean_value(histogram: Floats, top: int) -> Floats:
    total = np.einsum("gmcx,x->gmc", histogram, np.arange(1, top + 1, dtype=np.float64))
    answers = histogram.sum(axis=-1)
    mean_grade = np.divide(total, answers, out=np.full(total.shape, np.nan), where=answers > 0)
    value: Floats = 100 * (mean_grade - 1) / (top - 1)
    return value
