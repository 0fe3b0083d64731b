"""The score of a measure and the weights behind it (methods section 4.4)."""

from dataclasses import dataclass

import numpy as np

from measures.domain.rating_data import Bools, Floats, Ints, Options, RatingData
from measures.domain.rating_tally import Tally

TIE = 1e-9  # scores (0 to 100) that differ by no more are equal


@dataclass(frozen=True, eq=False)
class Scoring:
    """`weight` float64[G, M] adds up to 1 over the groups of a scored measure; `cells` float64[M, C] are the means of
    the criteria over the groups; `score` float64[M] lies in 0 to 100. NaN stands where a measure has no score."""

    weight: Floats
    cells: Floats
    score: Floats


def eligible_groups(counted: Tally, options: Options) -> Bools:
    """bool[G, M], the set E_m: at least `min_raters` answers of the group on every criterion that weighs."""
    enough: Bools = np.logical_and.reduce(counted.answers >= options.min_raters, axis=-1)
    return enough


def scorable(eligible: Bools, data: RatingData) -> Bools:
    """bool[M]: enough groups, and every required group among them."""
    options = data.options
    required = [data.groups.index(key) for key in options.required_groups]
    fit: Bools = (eligible.sum(axis=0) >= options.min_groups) & eligible[required].all(axis=0)
    return fit


def equal_voices(eligible: Bools) -> Floats:
    """float64[G, M]: every eligible group weighs the same; zero columns where there is none."""
    weight: Floats = eligible / np.maximum(eligible.sum(axis=0), 1)
    return weight


def per_head_voices(eligible: Bools, raters: Ints) -> Floats:
    """float64[G, M]: every group weighs as many as rated the measure.

    Only eligible groups count here too, hence nobody without a group: the two rankings then differ by the voices
    alone and not by the people behind them.
    """
    heads = np.where(eligible, raters, 0)
    weight: Floats = heads / np.maximum(heads.sum(axis=0), 1)
    return weight


def score(counted: Tally, weight: Floats, criteria_weights: Floats) -> Scoring:
    """Weighted means over groups, then over criteria. `criteria_weights` float64[C] of the criteria that weigh."""
    mean = np.where(weight[:, :, None] > 0, counted.mean, 0)
    cells = np.einsum("gm,gmc->mc", weight, mean)
    cells[weight.sum(axis=0) == 0] = np.nan
    return Scoring(weight=weight, cells=cells, score=np.einsum("mc,c->m", cells, criteria_weights))


def ranks(scores: Floats) -> Ints:
    """int[M]: 1 + the number of better scores; ties share the better rank; 0 where the score is NaN."""
    ordered = np.sort(scores[~np.isnan(scores)])
    better = ordered.size - np.searchsorted(ordered, scores + TIE, side="right")
    return np.where(np.isnan(scores), 0, 1 + better)
