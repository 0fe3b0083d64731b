"""Do the groups differ, and do people differ inside them? (methods section 4.8)"""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from measures.domain.rating_data import Bools, Floats, Ints
from measures.domain.rating_tally import Ballots, Block, voices
from measures.domain.uncertainty import Covariances


@dataclass(frozen=True, eq=False)
class Gaps:
    """Per measure: `value` float64[M] the distance of the highest from the lowest group mean, NaN below two eligible
    groups; `high` and `low` int[M] those groups; `p` float64[M] the Benjamini-Hochberg adjusted probability of such
    differences among groups of one mind, NaN where a group has no variance to judge them by."""

    value: Floats
    high: Ints
    low: Ints
    p: Floats


@dataclass(frozen=True, eq=False)
class Spread:
    """Per measure, float64[M]: `eta2` share of the variance that lies between the groups (0: groups identical);
    `polarisation` 0 where everybody agrees, 1 where half say 0 and half 100; NaN where a group with a voice has
    nobody who rated every criterion."""

    eta2: Floats
    polarisation: Floats


def gaps(group_mean: Floats, eligible: Bools, covariances: Covariances | None, criteria_weights: Floats) -> Gaps:
    """From the group means float64[G, M] of the measures and their eligible groups bool[G, M]."""
    high = np.where(eligible, group_mean, -np.inf).argmax(axis=0)
    low = np.where(eligible, group_mean, np.inf).argmin(axis=0)
    measures = np.arange(group_mean.shape[1])
    comparable = eligible.sum(axis=0) >= 2
    value = np.where(comparable, group_mean[high, measures] - group_mean[low, measures], np.nan)
    p = np.full(len(measures), np.nan)
    if covariances is not None:
        variance = np.einsum("gmcmd,c,d->gm", covariances.by_group, criteria_weights, criteria_weights)
        variance /= np.maximum(covariances.clusters, 1)[:, None]
        p = np.where(comparable, _equality(group_mean, eligible, variance), np.nan)
    return Gaps(value=value, high=high, low=low, p=adjusted(p))


def adjusted(p: Floats) -> Floats:
    """Benjamini-Hochberg adjusted probabilities; NaN stays NaN and does not count as a test."""
    result = np.full(p.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    scaled = p[order] * order.size / np.arange(1, order.size + 1)
    result[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return result


def spread(ballots: Ballots, weight: Floats, criteria_weights: Floats) -> Spread:
    """From the raters who rated a measure on every criterion; `weight` float64[G, M] are the groups' voices."""
    moments = np.stack([_moments(ballots, group, criteria_weights) for group in range(ballots.groups)], axis=1)
    people, first, second = moments
    voiced = weight > 0
    known = voiced.any(axis=0) & ((people > 0) | ~voiced).all(axis=0)
    share = np.divide(weight, people, out=np.zeros_like(weight), where=voiced & (people > 0))
    mean = np.divide(first, people, out=np.zeros_like(first), where=people > 0)
    centre = (weight * mean).sum(axis=0)
    between = (weight * (mean - centre) ** 2).sum(axis=0)
    within = np.maximum((share * (second - first * mean)).sum(axis=0), 0.0)
    total = between + within
    eta2 = np.divide(between, total, out=np.zeros_like(total), where=total > 1e-9)
    return Spread(eta2=np.where(known, eta2, np.nan), polarisation=np.where(known, total / 2500, np.nan))


def kendall_w(group_mean: Floats, eligible: Bools) -> float | None:
    """Concordance of the groups' orders of the measures, tie-corrected; 1: all groups order alike.

    Over the groups that are eligible for every measure; None below two groups or two measures, or if every group
    holds all measures equal.
    """
    complete = eligible.all(axis=1)
    groups, measures = int(complete.sum()), group_mean.shape[1]
    if groups < 2 or measures < 2:
        return None
    rounded = np.round(group_mean[complete], 9)  # means that differ by rounding only are tied
    order = np.stack([_mean_ranks(row) for row in rounded])
    ties = sum(float((sizes**3 - sizes).sum()) for sizes in (np.unique(row, return_counts=True)[1] for row in rounded))
    deviation = order.sum(axis=0) - groups * (measures + 1) / 2
    greatest = groups**2 * (measures**3 - measures) - groups * ties
    return None if greatest <= 0 else float(12 * (deviation**2).sum() / greatest)


def complete_values(block: Block, criteria_weights: Floats, top_grade: int) -> tuple[Floats, Bools]:
    """float64[n, M] the raters' weighted values on the scale of 0 to 100, and bool[n, M] where every criterion was
    rated; the value is 0 elsewhere."""
    complete: Bools = np.logical_and.reduce(block.grades, axis=0)
    weighted = np.zeros(complete.shape)
    for weight, grades in zip(criteria_weights, block.grades, strict=True):
        weighted += weight * grades
    return np.where(complete, 100 * (weighted - 1) / (top_grade - 1), 0.0), complete


def _mean_ranks(values: Floats) -> Floats:
    ordered = np.sort(values)
    below = np.searchsorted(ordered, values, side="left")
    return (below + np.searchsorted(ordered, values, side="right") + 1) / 2


def _moments(ballots: Ballots, group: int, criteria_weights: Floats) -> Floats:
    """float64[3, M]: number, sum and sum of squares of the complete values of a group."""
    total = np.zeros((3, ballots.grades.shape[2]))
    for block in ballots.blocks(group):
        value, complete = complete_values(block, criteria_weights, ballots.top_grade)
        voice = voices(ballots, block, complete)
        total[0] += voice.sum(axis=0)
        total[1] += np.einsum("im,im->m", voice, value)
        total[2] += np.einsum("im,im,im->m", voice, value, value)
    return total


def _equality(group_mean: Floats, eligible: Bools, variance: Floats) -> Floats:
    """float64[M]: chi-square test that the eligible groups have one mean; NaN where a variance is zero."""
    testable = ~(eligible & (variance <= 1e-15)).any(axis=0)
    precision = np.divide(1.0, variance, out=np.zeros_like(variance), where=eligible & testable & (variance > 0))
    mean = np.where(eligible, group_mean, 0.0)
    common = (precision * mean).sum(axis=0) / np.where(testable, np.maximum(precision.sum(axis=0), 1e-300), 1.0)
    statistic = (precision * (mean - common) ** 2).sum(axis=0)
    freedom = np.maximum(eligible.sum(axis=0) - 1, 1)
    return np.where(testable, chdtrc(freedom, statistic), np.nan)
