"""How much the scores would move if other people of the same kind had taken part (methods section 4.5 and 4.6).

Written without a threaded linear algebra library where rounding matters: products of whole numbers are exact in any
order, everything else runs through `einsum`, which adds in a fixed order. So one seed gives one report, digit for
digit, however many threads the machine has.
"""

from dataclasses import dataclass

import numpy as np

from measures.domain.rating_data import Floats, Ints, RatingData
from measures.domain.rating_tally import Ballots, Block, Tally
from measures.domain.scoring import TIE

EXACT_IN_SINGLE = 1 << 24  # sums of whole numbers below this are exact in single precision
NO_VARIANCE = 1e-15  # in squared points of the 0 to 100 scale: what rounding leaves where the variance is zero


@dataclass(frozen=True, eq=False)
class Covariances:
    """`by_group` float64[G, M, C, M, C]: covariance of the clusters' linearised cell values in each group, pooled over
    the groups where a group is small (C_g before the criteria weights are applied). `clusters` int[G]."""

    by_group: Floats
    clusters: Ints


def group_covariances(ballots: Ballots, counted: Tally, pool_below: int) -> Covariances | None:
    """Linearised covariance; None if no group has two clusters, as then nothing can be said about uncertainty."""
    groups, measures, criteria = counted.answers.shape
    clusters, cells = counted.clusters, measures * criteria
    squares = np.zeros((groups, cells, cells))
    for group in range(groups):
        if clusters[group] > 1:
            squares[group] = _centred_squares(ballots, counted, group)
    freedom = np.maximum(clusters - 1, 0)
    if not freedom.sum():
        return None
    pooled = squares.sum(axis=0) / freedom.sum()
    for group in range(groups):
        if clusters[group] < max(pool_below, 2):
            squares[group] = pooled
        else:
            squares[group] /= freedom[group]
    shaped = squares.reshape(groups, measures, criteria, measures, criteria)
    return Covariances(by_group=shaped, clusters=clusters)


def cell_covariance(covariances: Covariances, weight: Floats, data: RatingData) -> Floats:
    """float64[M, C, M, C]: covariance of the means of the cells over all groups, for group weights float64[G, M].

    A known population shrinks it; more participants than members known counts as everybody, hence as no error.
    """
    groups, measures, criteria = weight.shape[0], *covariances.by_group.shape[1:3]
    total = np.zeros((measures, criteria, measures, criteria))
    for group in range(groups):
        clusters = int(covariances.clusters[group])
        if clusters:
            members = (data.options.population or {}).get(data.groups[group])
            factor = (1 - min(1.0, clusters / members) if members else 1.0) / clusters
            pair = factor * np.multiply.outer(weight[group], weight[group])
            total += pair[:, None, :, None] * covariances.by_group[group]
    return total


def score_covariance(cells: Floats, criteria_weights: Floats) -> Floats:
    """float64[M, M], symmetric: Sigma of the scores from the covariance of the cells."""
    sigma = np.einsum("mckd,c,d->mk", cells, criteria_weights, criteria_weights)
    symmetric: Floats = (sigma + sigma.T) / 2
    return symmetric


def draw_errors(cells: Floats, draws: int, seed: int) -> Floats:
    """float64[M, C, draws]: normal deviations of the cells with the covariance float64[M, C, M, C]."""
    measures, criteria = cells.shape[:2]
    size = measures * criteria
    normal = np.random.default_rng(seed).standard_normal((size, draws))
    deviations: Floats = np.einsum("ik,kb->ib", _root(cells.reshape(size, size)), normal)
    return deviations.reshape(measures, criteria, draws)


def difference_variance(sigma: Floats) -> Floats:
    """float64[M, M]: variance of the difference of two scores, exactly zero where only rounding is left."""
    own = np.diag(sigma)
    variance = own[:, None] + own[None, :] - 2 * sigma
    return np.where(variance <= NO_VARIANCE + 1e-12 * (own[:, None] + own[None, :]), 0.0, variance)


def twins(scores: Floats, variance: Floats) -> Ints:
    """int[M]: the first measure that is tied with this one in every draw (equal score, no difference to vary)."""
    tied = (np.abs(scores[:, None] - scores[None, :]) <= TIE) & (variance == 0)
    first: Ints = tied.argmax(axis=1)
    return first[first]


def positions(drawn: Floats, first_twin: Ints) -> Ints:
    """int32[M, B]: place (from 0) of each measure in each draw of the scores float64[M, B]; tied measures stand next
    to each other, the first twin in front."""
    order = np.argsort(-drawn[first_twin], axis=0, kind="stable")
    position = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(position, order, np.arange(len(order), dtype=np.int32)[:, None], axis=0)
    return position


def rank_acceptability(position: Ints, first_twin: Ints) -> Floats:
    """float64[M, M]: probability of each rank (column) for each measure (row), tied measures sharing their ranks
    equally; rows and columns add up to 1."""
    measures, draws = position.shape
    place = position + (np.arange(measures) * measures)[:, None]
    counts = np.bincount(place.ravel(), minlength=measures * measures).reshape(measures, measures)
    shared = np.zeros_like(counts)
    np.add.at(shared, first_twin, counts)
    members = np.bincount(first_twin, minlength=measures)
    acceptability: Floats = shared[first_twin] / (draws * members[first_twin, None])
    return acceptability


def pairwise_wins(position: Ints, first_twin: Ints) -> Floats:
    """float64[M, M]: probability that the row is better than the column, ties counted half."""
    wins: Floats = np.stack([np.count_nonzero(row < position, axis=1) for row in position]) / position.shape[1]
    wins[first_twin[:, None] == first_twin[None, :]] = 0.5
    return wins


def _centred_squares(ballots: Ballots, counted: Tally, group: int) -> Floats:
    """float64[MC, MC]: sum over the clusters of a group of R R^T, on the scale of 0 to 100."""
    measures, criteria = counted.mean.shape[1:]
    answers = counted.answers[group].T.ravel()
    scale = 100 * int(counted.clusters[group]) / (ballots.top_grade - 1)
    factor = np.divide(scale, answers, out=np.zeros_like(answers), where=answers > 0)
    mean = np.nan_to_num(counted.mean[group].T.ravel()) * (ballots.top_grade - 1) / 100 + 1
    squares = _squares(ballots, group, mean)
    if ballots.voice_per_organisation:
        squares += _shared_squares(ballots, group, mean)
    squares *= np.multiply.outer(factor, factor)
    by_measure = squares.reshape(criteria, measures, criteria, measures).transpose(1, 0, 3, 2)
    return by_measure.reshape(squares.shape)


def _squares(ballots: Ballots, group: int, mean: Floats) -> Floats:
    """float64[CM, CM] for the mean grades float64[CM], from the exact products of sums of grades and of answers; over
    all clusters but those whose members share one voice."""
    cells = len(mean)
    crude = np.zeros((2 * cells, 2 * cells))
    step = max(1, EXACT_IN_SINGLE // ballots.top_grade**2)
    for block in ballots.blocks(group):
        if block.single or not ballots.voice_per_organisation:
            sums = np.empty((len(block.starts), 2, *_cells(block)), dtype=np.float32 if block.single else np.float64)
            for criterion, grades in enumerate(block.grades):
                for half, values in enumerate((grades, grades > 0)):
                    sums[:, half, criterion] = values if block.single else block.cluster_sums(values)
            flat = sums.reshape(len(sums), -1)
            for start in range(0, len(flat), step):
                part = flat[start : start + step]
                crude += part.T @ part
    cross = mean[:, None] * crude[cells:, :cells]
    return crude[:cells, :cells] - (cross + cross.T) + np.multiply.outer(mean, mean) * crude[cells:, cells:]


def _shared_squares(ballots: Ballots, group: int, mean: Floats) -> Floats:
    """The same over the clusters of colleagues who share one voice, where the sums are no whole numbers."""
    criteria, _, measures = ballots.grades.shape
    squares = np.zeros((criteria, measures, criteria, measures))
    level = mean.reshape(criteria, measures)
    for block in ballots.blocks(group):
        if block.single:
            continue
        deviations = []
        for criterion, grades in enumerate(block.grades):
            weight = block.shared_voices(grades > 0)
            deviations.append(block.cluster_sums(weight * (grades - level[criterion])))
        for c, one in enumerate(deviations):
            for d, other in enumerate(deviations[: c + 1]):
                squares[c, :, d] += np.einsum("oi,oj->ij", one, other)
    for c in range(criteria):
        for d in range(c):
            squares[d, :, c] = squares[c, :, d].T
    return squares.reshape(len(mean), len(mean))


def _cells(block: Block) -> tuple[int, int]:
    return block.grades.shape[0], block.grades.shape[2]


def _root(covariance: Floats) -> Floats:
    """Lower triangular L with L L^T equal to the covariance, which may be singular (columns without variance are zero).

    Cholesky's recurrence instead of the eigenvectors of the methods paper: the draws have the same distribution, and
    no library's choice of eigenvectors or of threads decides about them.
    """
    size = len(covariance)
    lower = np.zeros((size, size))
    floor = NO_VARIANCE + 1e-12 * np.diag(covariance)
    for column in range(size):
        rest = covariance[column:, column] - np.einsum("ik,k->i", lower[column:, :column], lower[column, :column])
        if rest[0] > floor[column]:
            lower[column:, column] = rest / np.sqrt(rest[0])
    return lower
