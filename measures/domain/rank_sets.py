"""Which ranks are possible: simultaneous confidence sets for all ranks at once (methods section 4.6).

Mogstad, Romano, Shaikh and Wilhelm, Inference for Ranks, Review of Economic Studies 2024, doi:10.1093/restud/rdad006.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from measures.domain.rating_data import Bools, Floats, Ints


class Status(StrEnum):
    """Whether a measure belongs to the best K, given its rank set."""

    SECURED = "secured"
    POSSIBLE = "possible"
    NOT = "not"


@dataclass(frozen=True, eq=False)
class RankSets:
    """int[M] each: with the asked confidence all true ranks lie in `best` to `worst` at the same time."""

    best: Ints
    worst: Ints

    def status(self, measure: int, top: int) -> Status:
        if self.worst[measure] <= top:
            return Status.SECURED
        return Status.POSSIBLE if self.best[measure] <= top else Status.NOT


def rank_sets(scores: Floats, deviations: Floats, variance: Floats, confidence: float) -> RankSets:
    """From scores float64[M], normal deviations float64[M, B] with the scores' covariance, and the variance
    float64[M, M] of the difference of each pair, zero for pairs that cannot be told apart."""
    difference = scores[:, None] - scores[None, :]
    spread = np.sqrt(variance)
    open_pairs = spread > 0
    significant = np.zeros_like(open_pairs)
    while open_pairs.any():
        critical = _critical_value(deviations, spread, open_pairs, confidence)
        found = open_pairs & (difference > critical * spread)
        if not found.any():
            break
        significant |= found
        open_pairs &= ~found
    return RankSets(best=1 + significant.sum(axis=0), worst=len(scores) - significant.sum(axis=1))


def _critical_value(deviations: Floats, spread: Floats, open_pairs: Bools, confidence: float) -> float:
    """Quantile over the draws of the greatest studentised difference among the open pairs (row minus column).

    A pair that is open in both directions needs one look at its absolute value.
    """
    greatest = np.full(deviations.shape[1], -np.inf)
    both = open_pairs & open_pairs.T
    for row in range(len(spread)):
        for columns, two_sided in (
            (both[row, :row].nonzero()[0], True),
            ((open_pairs & ~both)[row].nonzero()[0], False),
        ):
            if columns.size:
                ratio = deviations[row] - deviations[columns]
                if two_sided:
                    np.abs(ratio, out=ratio)
                ratio /= spread[row, columns, None]
                np.maximum(greatest, ratio.max(axis=0), out=greatest)
    return float(np.quantile(greatest, confidence, method="higher"))
