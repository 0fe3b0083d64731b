"""The figures of one ranking as arrays, before they are told measure by measure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from measures.domain.rank_sets import RankSets, rank_sets
from measures.domain.rating_data import Bools, Floats, Ints, RatingData
from measures.domain.rating_tally import Ballots, Tally, sort_ballots, tally
from measures.domain.scoring import (
    Scoring,
    eligible_groups,
    equal_voices,
    per_head_voices,
    ranks,
    scorable,
    score,
)
from measures.domain.sensitivity import (
    WeightDraws,
    by_adjusted_raters,
    by_majority_judgment,
    leave_one_out,
    recounted,
    straight_liners,
    under_all_weights,
)
from measures.domain.uncertainty import (
    Covariances,
    cell_covariance,
    difference_variance,
    draw_errors,
    group_covariances,
    pairwise_wins,
    positions,
    rank_acceptability,
    score_covariance,
    twins,
)


@dataclass(frozen=True, eq=False)
class Basis:
    """All M measures of the input. `ranked` bool[M]; `eligible` bool[G, M] is E_m, also of measures without rank;
    `group_mean` float64[G, M], NaN where a criterion is unrated; `criteria_weights` of the criteria that weigh;
    `straight_liner` bool over the raters of the ballots."""

    data: RatingData
    criteria_weights: Floats
    ballots: Ballots
    counted: Tally
    eligible: Bools
    ranked: Bools
    group_mean: Floats
    equal: Scoring
    per_head: Scoring
    straight_liner: Bools


@dataclass(frozen=True, eq=False)
class Draws:
    """Sampling error of the ranked measures only, in input order: `cells` float64[M, C, M, C] the covariance of their
    cells, `deviations` float64[M, C, B], `error` and `half_width` float64[M]."""

    cells: Floats
    deviations: Floats
    error: Floats
    half_width: Floats
    acceptability: Floats
    pairwise: Floats
    sets: RankSets


@dataclass(frozen=True, eq=False)
class Variants:
    """Ranks int[M] over all measures under other rules, 0 for none; None where a rule cannot be applied at all."""

    all_weights: WeightDraws
    criterion_alone: Ints
    majority_judgment: Ints
    leave_one_out: tuple[Ints, Ints]
    rater_adjusted: Ints | None
    without_straight_liners: Ints
    first_ratings: Ints | None


def lay_basis(data: RatingData, cube: NDArray[np.uint8]) -> Basis:
    """Count and score; `cube` uint8[R, M, C] holds the grades."""
    criteria_weights = data.weights[data.weights > 0]
    ballots = sort_ballots(data, cube)
    counted = tally(ballots)
    eligible = eligible_groups(counted, data.options)
    ranked = scorable(eligible, data)
    # with no rank by equal voices at all, as with one group, heads can still be counted
    per_head = per_head_voices(eligible & ranked if ranked.any() else eligible, counted.raters)
    return Basis(
        data=data,
        criteria_weights=criteria_weights,
        ballots=ballots,
        counted=counted,
        eligible=eligible,
        ranked=ranked,
        group_mean=np.einsum("gmc,c->gm", counted.mean, criteria_weights),
        equal=score(counted, equal_voices(eligible & ranked), criteria_weights),
        per_head=score(counted, per_head, criteria_weights),
        straight_liner=straight_liners(ballots),
    )


def covariances(basis: Basis) -> Covariances | None:
    return group_covariances(basis.ballots, basis.counted, basis.data.options.pool_below)


def draw(basis: Basis, by_group: Covariances) -> Draws:
    options, places = basis.data.options, np.flatnonzero(basis.ranked)
    cells = cell_covariance(by_group, basis.equal.weight, basis.data)[places][:, :, places]
    scores, sigma = basis.equal.score[places], score_covariance(cells, basis.criteria_weights)
    deviations = draw_errors(cells, options.draws, options.seed)
    moved = np.einsum("mcb,c->mb", deviations, basis.criteria_weights)
    variance = difference_variance(sigma)
    first_twin = twins(scores, variance)
    position = positions(scores[:, None] + moved, first_twin)
    error = np.sqrt(np.maximum(np.diag(sigma), 0.0))
    return Draws(
        cells=cells,
        deviations=deviations,
        error=error,
        half_width=float(ndtri((1 + options.confidence) / 2)) * error,
        acceptability=rank_acceptability(position, first_twin),
        pairwise=pairwise_wins(position, first_twin),
        sets=rank_sets(scores, moved, variance, options.confidence),
    )


def vary(basis: Basis, drawn: Draws | None, first_cube: NDArray[np.uint8] | None) -> Variants:
    ballots, weight, criteria_weights = basis.ballots, basis.equal.weight, basis.criteria_weights
    first = None
    if first_cube is not None:
        first = recounted(sort_ballots(basis.data, first_cube), basis.ranked, basis.data, criteria_weights)
    without = ranks(basis.equal.score)
    if basis.straight_liner.any():
        without = recounted(ballots.without(basis.straight_liner), basis.ranked, basis.data, criteria_weights)
    return Variants(
        all_weights=under_all_weights(
            basis.equal.cells[basis.ranked],
            None if drawn is None else drawn.cells,
            None if drawn is None else drawn.deviations,
            basis.data.options,
        ),
        criterion_alone=np.stack([ranks(column) for column in basis.equal.cells.T], axis=1),
        majority_judgment=by_majority_judgment(basis.counted, weight, criteria_weights),
        leave_one_out=leave_one_out(basis.counted, basis.eligible & basis.ranked, criteria_weights),
        rater_adjusted=by_adjusted_raters(ballots, weight, criteria_weights),
        without_straight_liners=without,
        first_ratings=first,
    )
