"""Scores corrected for lenient and strict raters (methods section 4.9, S5)."""

import numpy as np

from measures.domain.differences import complete_values
from measures.domain.rating_data import Bools, Floats
from measures.domain.rating_tally import Ballots, voices


def rater_adjusted(ballots: Ballots, weight: Floats, criteria_weights: Floats) -> Floats | None:
    """float64[M]: effects b of the measures in v_im = a_i + b_m + e_im by weighted least squares, up to a common shift.

    An answer weighs its group's voice float64[G, M] divided by the number of the group's clusters. The rater effects
    are eliminated, which gives at once the solution that alternating estimates converge to. NaN for a measure without
    any voice. None if raters and measures fall into parts that share nobody, as then their levels cannot be compared.
    """
    measures = weight.shape[1]
    normal, right = np.zeros((measures, measures)), np.zeros(measures)
    clusters = ballots.clusters()
    for group in range(ballots.groups):
        for block in ballots.blocks(group):
            value, complete = complete_values(block, criteria_weights, ballots.top_grade)
            weighed = voices(ballots, block, complete) * (weight[group] / clusters[group])
            rows = weighed.sum(axis=1)
            weighed, value, rows = weighed[rows > 0], value[rows > 0], rows[rows > 0]
            own_level = (weighed * value).sum(axis=1) / rows
            right += (weighed * (value - own_level[:, None])).sum(axis=0)
            normal -= np.einsum("im,ik->mk", weighed / rows[:, None], weighed)
            normal[np.diag_indices(measures)] += weighed.sum(axis=0)
    voiced = np.flatnonzero(weight.any(axis=0))
    normal, right = normal[np.ix_(voiced, voiced)], right[voiced]
    if not voiced.size or not connected(normal != 0):
        return None
    result = np.full(measures, np.nan)
    scale = float(np.trace(normal)) / len(voiced) or 1.0
    result[voiced] = np.linalg.solve(normal + scale, right)  # the constant fixes the common shift at zero
    return result


def connected(linked: Bools) -> bool:
    """Whether a symmetric relation bool[M, M] joins all its elements, directly or through others."""
    reached = np.zeros(len(linked), dtype=bool)
    reached[0] = True
    while True:
        wider = reached | linked[reached].any(axis=0)
        if (wider == reached).all():
            return bool(reached.all())
        reached = wider
