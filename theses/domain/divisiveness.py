"""What divides people: the distance between groups, whether chance explains it, and what is typical of one group.

Definitions: methods section 2.4. Arrays run over [group, thesis] or [thesis]; NaN where there is no figure. Pure
functions; the only randomness comes from the seed.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, ndtr

from measures.domain.differences import adjusted
from theses.domain.common_ground import Rules, eligible_groups
from theses.domain.intervals import Bools, Floats, Ints, newcombe, shares, two_sided
from theses.domain.tally import AGREE

RELABELLINGS = 1999
SMALLEST_EXPECTED = 5.0
CELLS_AT_A_TIME = 4_000_000
FALSE_DISCOVERIES = 0.05
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Between:
    """The share of group `high` [J] minus that of group `low` [J], with the interval for a pair that was picked out.

    `p`: probability of such a table among groups of one mind, `p_adjusted` after Benjamini and Hochberg over the
    theses; `cramers_v` its strength from 0 to 1, corrected for bias. Indices are -1 below two eligible groups.
    """

    value: Floats
    high: Ints
    low: Ints
    lower: Floats
    upper: Floats
    p: Floats
    p_adjusted: Floats
    cramers_v: Floats


@dataclass(frozen=True, eq=False)
class Typical:
    """[G, J]: share of a group minus share of everybody else, its interval, and the adjusted probability within the
    group."""

    value: Floats
    lower: Floats
    upper: Floats
    p_adjusted: Floats

    def theses(self, group: int) -> Ints:
        """Theses on which this group differs, those it certainly differs most on first."""
        nearer = np.where(self.value > 0, self.lower, -self.upper)[group]
        differs = np.flatnonzero(self.p_adjusted[group] < FALSE_DISCOVERIES)
        return differs[np.argsort(-nearer[differs], kind="stable")]


def between(counts: Ints, rules: Rules, *, seed: int) -> Between:
    eligible = eligible_groups(counts, rules)
    agree, seen = counts[:, :, AGREE], counts.sum(axis=2)
    share, number = shares(agree, seen), eligible.sum(axis=0)
    comparable = number >= 2
    high = np.where(eligible, share, -np.inf).argmax(axis=0)
    low = np.where(eligible, share, np.inf).argmin(axis=0)
    each = np.arange(counts.shape[1])
    lower, upper = newcombe(
        (agree[high, each], seen[high, each]),
        (agree[low, each], seen[low, each]),
        two_sided(number * (number - 1) // 2),
    )
    tables = np.where(eligible[:, :, None], counts, 0).transpose(1, 0, 2)
    p = np.where(comparable, _probability(tables, seed), np.nan)
    return Between(
        value=np.where(comparable, share[high, each] - share[low, each], np.nan),
        high=np.where(comparable, high, -1),
        low=np.where(comparable, low, -1),
        lower=np.where(comparable, lower, np.nan),
        upper=np.where(comparable, upper, np.nan),
        p=p,
        p_adjusted=adjusted(p),
        cramers_v=np.where(comparable, _cramers_v(tables), np.nan),
    )


def typical(counts: Ints, rules: Rules) -> Typical:
    """Both sides need the answers of a voice; the test takes both shares from one pool, as under equality."""
    agree, seen = counts[:, :, AGREE], counts.sum(axis=2)
    others_agree, others = agree.sum(axis=0) - agree, seen.sum(axis=0) - seen
    comparable = eligible_groups(counts, rules) & (others >= rules.smallest_voice)
    difference = shares(agree, seen) - shares(others_agree, others)
    lower, upper = newcombe((agree, seen), (others_agree, others))
    pool = shares(agree + others_agree, seen + others)
    variance = pool * (1 - pool) * (1 / np.maximum(seen, 1) + 1 / np.maximum(others, 1))
    distance = np.divide(np.abs(difference), np.sqrt(variance), out=np.zeros_like(difference), where=variance > 0)
    p = np.where(comparable, 2 * ndtr(-distance), np.nan)
    return Typical(
        value=np.where(comparable, difference, np.nan),
        lower=np.where(comparable, lower, np.nan),
        upper=np.where(comparable, upper, np.nan),
        p_adjusted=np.reshape([adjusted(row) for row in p], p.shape),
    )


def _probability(tables: Ints, seed: int) -> Floats:
    """Chi-square of tables int[J, G, 3]; by relabelling people where a cell is too sparse for the approximation."""
    rows, columns, expected = _margins(tables)
    freedom = ((rows > 0).sum(axis=1) - 1) * ((columns > 0).sum(axis=1) - 1)
    observed = _chi_square(tables, expected)
    p = np.where(freedom > 0, chdtrc(np.maximum(freedom, 1), observed), 1.0)
    sparse = ((expected > 0) & (expected < SMALLEST_EXPECTED)).any(axis=(1, 2)) & (freedom > 0)
    random = np.random.default_rng(seed)
    places = np.flatnonzero(sparse)
    together = max(1, CELLS_AT_A_TIME // (RELABELLINGS * tables.shape[1] * 3))
    for start in range(0, len(places), together):
        place = places[start : start + together]
        drawn = _relabelled(rows[place], columns[place], random)
        as_far = _chi_square(drawn, expected[place]) >= observed[place] * (1 - ROUNDING)
        p[place] = (1 + as_far.sum(axis=0)) / (1 + RELABELLINGS)
    return p


def _relabelled(rows: Ints, columns: Ints, random: np.random.Generator) -> Ints:
    """int[RELABELLINGS, T, G, 3]: tables after shuffling who belongs to which group, drawn row by row."""
    shape = (RELABELLINGS, *rows.shape, 3)
    drawn = np.zeros(shape, dtype=np.int64)
    left = np.broadcast_to(columns, (RELABELLINGS, *columns.shape)).copy()
    for group in range(rows.shape[1]):
        open_places = np.broadcast_to(rows[:, group], left.shape[:2])
        for column in (0, 1):
            others = left[:, :, column + 1 :].sum(axis=2)
            drawn[:, :, group, column] = random.hypergeometric(left[:, :, column], others, open_places)
            open_places = open_places - drawn[:, :, group, column]
        drawn[:, :, group, 2] = open_places
        left -= drawn[:, :, group]
    return drawn


def _cramers_v(tables: Ints) -> Floats:
    """Bergsma 2013, Journal of the Korean Statistical Society 42, 323-328."""
    rows, columns, expected = _margins(tables)
    total = rows.sum(axis=1)
    spare = np.maximum(total - 1, 1)
    r, c = (rows > 0).sum(axis=1), (columns > 0).sum(axis=1)
    strength = _chi_square(tables, expected) / np.maximum(total, 1) - (r - 1) * (c - 1) / spare
    smaller = np.minimum(r - (r - 1) ** 2 / spare, c - (c - 1) ** 2 / spare) - 1
    known = np.where(smaller > 0, smaller, np.nan)
    return np.asarray(np.sqrt(np.maximum(strength, 0) / known), dtype=np.float64)


def _margins(tables: Ints) -> tuple[Ints, Ints, Floats]:
    rows, columns = tables.sum(axis=2), tables.sum(axis=1)
    total = np.maximum(rows.sum(axis=1), 1)
    return rows, columns, rows[:, :, None] * columns[:, None, :] / total[:, None, None]


def _chi_square(tables: Ints, expected: Floats) -> Floats:
    filled: Bools = expected > 0
    square = np.square(tables - expected)
    return np.asarray(np.divide(square, expected, out=np.zeros_like(square), where=filled).sum(axis=(-2, -1)))
