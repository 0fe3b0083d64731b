"""What would the ranking be under other rules? (methods section 4.9)"""

from dataclasses import dataclass

import numpy as np

from measures.domain.majority_judgment import majority_ranks
from measures.domain.rater_adjustment import rater_adjusted
from measures.domain.rating_data import Bools, Floats, Ints, Options, RatingData
from measures.domain.rating_tally import Ballots, Tally, tally
from measures.domain.scoring import TIE, eligible_groups, equal_voices, ranks, scorable, score
from measures.domain.uncertainty import difference_variance, positions, rank_acceptability, twins

STRAIGHT_LINER_MEASURES = 10  # fewer equal grades in a row may well be meant
CRITERIA_STREAM = 2  # keeps the draws of criteria weights apart from those of the sampling errors


@dataclass(frozen=True, eq=False)
class WeightDraws:
    """Over M ranked measures: `acceptability` float64[M, M]; `central_weights` float64[M, C], NaN where no weights put
    the measure first."""

    acceptability: Floats
    central_weights: Floats


def under_all_weights(
    cells: Floats, cell_covariance: Floats | None, deviations: Floats | None, options: Options
) -> WeightDraws:
    """SMAA (Lahdelma, Hokkanen and Salminen 1998): criteria weights drawn evenly from all possible ones, together with
    the sampling error. `cells` float64[M, C], `deviations` float64[M, C, B], None without uncertainty."""
    measures, criteria = cells.shape
    stream = np.random.default_rng([options.seed, CRITERIA_STREAM])
    weights = stream.standard_exponential((criteria, options.draws))
    weights /= weights.sum(axis=0)
    values = cells[:, :, None] if deviations is None else cells[:, :, None] + deviations
    drawn = np.einsum("mcb,cb->mb", np.broadcast_to(values, (measures, criteria, options.draws)), weights)
    first_twin = _cell_twins(cells, cell_covariance)
    position = positions(drawn, first_twin)
    first = position[first_twin] == 0
    times = first.sum(axis=1)
    total = np.einsum("mb,cb->mc", first.astype(np.float64), weights)
    central = np.divide(total, times[:, None], out=np.full(total.shape, np.nan), where=times[:, None] > 0)
    return WeightDraws(acceptability=rank_acceptability(position, first_twin), central_weights=central)


def by_majority_judgment(counted: Tally, weight: Floats, criteria_weights: Floats) -> Ints:
    """int[M], 0 for a measure without voices; exact removal of medians on the weighted histogram."""
    answers = counted.histogram.sum(axis=-1, keepdims=True)
    share = np.divide(counted.histogram, answers, out=np.zeros_like(counted.histogram), where=answers > 0)
    return majority_ranks(np.einsum("gm,c,gmcx->mx", weight, criteria_weights, share))


def leave_one_out(counted: Tally, eligible: Bools, criteria_weights: Floats) -> tuple[Ints, Ints]:
    """int[M] lowest and int[M] highest rank when one group is left out, 0 for measures that never keep a group.

    One remaining group is enough here: the question is what the group's absence would change.
    """
    lowest = np.full(eligible.shape[1], np.iinfo(np.int64).max)
    highest = np.zeros(eligible.shape[1], dtype=np.int64)
    for group in np.flatnonzero(eligible.any(axis=1)):
        others = eligible.copy()
        others[group] = False
        place = ranks(score(counted, equal_voices(others), criteria_weights).score)
        lowest = np.where(place > 0, np.minimum(lowest, place), lowest)
        highest = np.maximum(highest, place)
    return np.where(highest > 0, lowest, 0), highest


def by_adjusted_raters(ballots: Ballots, weight: Floats, criteria_weights: Floats) -> Ints | None:
    """int[M], 0 for a measure without voices; None if the raters do not connect all measures."""
    effects = rater_adjusted(ballots, weight, criteria_weights)
    return None if effects is None else ranks(effects)


def straight_liners(ballots: Ballots) -> Bools:
    """bool[R]: rated ten measures or more and gave one grade throughout."""
    highest = ballots.grades.max(axis=(0, 2), initial=0)
    # an absent grade, 0, becomes the greatest number by the subtraction in single bytes
    lowest = (ballots.grades - np.uint8(1)).min(axis=(0, 2), initial=255) + np.uint8(1)
    rated = np.count_nonzero(ballots.grades.any(axis=0), axis=1)
    found: Bools = (rated >= STRAIGHT_LINER_MEASURES) & (highest == lowest)
    return found


def recounted(ballots: Ballots, ranked: Bools, data: RatingData, criteria_weights: Floats) -> Ints:
    """int[M]: ranks among the measures bool[M] that other ballots give, 0 for those that they do not suffice for."""
    counted = tally(ballots)
    eligible = eligible_groups(counted, data.options) & ranked
    eligible &= scorable(eligible, data)
    return ranks(score(counted, equal_voices(eligible), criteria_weights).score)


def _cell_twins(cells: Floats, cell_covariance: Floats | None) -> Ints:
    """int[M]: the first measure that no criteria weights and no draw can tell from this one."""
    distance = np.abs(cells[:, None, :] - cells[None, :, :]).max(axis=2)
    variance = np.zeros_like(distance)
    if cell_covariance is not None:
        for criterion in range(cells.shape[1]):
            variance += difference_variance(cell_covariance[:, criterion, :, criterion])
    # distances replace the scores here: equal cells are ties, all other pairs are kept apart
    return twins(np.zeros(len(cells)), np.where(distance <= TIE, variance, np.inf))
