"""Grouping points of the plane: k-means, how well separated the groups are, how alike two groupings are.

Pure functions; randomness comes from the generator passed in. Points are float32[N, 2].
"""

import numpy as np
from numpy.typing import NDArray

from theses.domain.intervals import Bools, Ints

Points = NDArray[np.float32]

STARTS = 10
MOST_STEPS = 100
STILL = 1e-5
"""A centre that moves by less, as a share of the farthest point, stands still."""

SAMPLE = 1000
"""Points among which starts are compared and separation is measured; distances of all pairs of them are held."""


def k_means(points: Points, k: int, *, sample: Ints, random: np.random.Generator) -> Ints:
    """int[N]: group of each point, numbered from 0; fewer than k groups if fewer points differ.

    Starts (Arthur and Vassilvitskii 2007, k-means++) run on the points of `sample`; the best goes on with all points.
    """
    some = points[sample]
    centres, groups, fit = _settled(some, _first_centres(some, k, random))
    best = int(fit.argmax())
    if len(sample) < len(points):
        _, groups, _ = _settled(points, centres[:, best : best + 1])
        best = 0
    return np.unique(groups[best], return_inverse=True)[1].astype(np.int64)


def silhouettes(points: Points, groupings: list[Ints]) -> list[float]:
    """Mean silhouette (Rousseeuw 1987) of each grouping of the same points: from -1 to 1, 0 where nothing is grouped.

    A group of one counts 0. Takes 4 N**2 bytes. Told to six decimals, as far as single precision goes, so that it does
    not depend on the machine.
    """
    distance = _distances(points)
    marks = [_marks(groups) for groups in groupings]
    sums = distance @ np.concatenate(marks, axis=1, dtype=np.float32)
    ends = np.cumsum([mark.shape[1] for mark in marks])[:-1]
    return [_silhouette(part, mark) for part, mark in zip(np.split(sums, ends, axis=1), marks, strict=True)]


def adjusted_rand(one: Ints, other: Ints) -> float:
    """Likeness of two groupings of the same points: 1 for the same, 0 as much as by chance (Hubert and Arabie 1985)."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    pairs, rows, columns = (_pairs(part) for part in (table, table.sum(axis=1), table.sum(axis=0)))
    chance = rows * columns / max(_pairs(np.array(float(len(one)))), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == chance else float((pairs - chance) / (most - chance))


def _first_centres(points: Points, k: int, random: np.random.Generator) -> NDArray[np.float32]:
    """float32[k, STARTS, 2]: each next centre is a point drawn with its squared distance to the nearest centre."""
    centres = np.empty((k, STARTS, 2), dtype=np.float32)
    centres[0] = points[random.integers(len(points), size=STARTS)]
    nearest = np.full((STARTS, len(points)), np.inf)
    for place in range(1, k):
        new = centres[place - 1]
        nearest = np.minimum(nearest, sum(np.square(points[None, :, axis] - new[:, None, axis]) for axis in (0, 1)))
        reach = np.cumsum(nearest, axis=1)
        drawn = (reach < (random.random(STARTS) * reach[:, -1])[:, None]).sum(axis=1)
        centres[place] = points[np.minimum(drawn, len(points) - 1)]
    return centres


def _settled(points: Points, centres: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int8], Points]:
    """Lloyd's steps for several starts at once until no centre moves; centres float32[k, starts, 2], groups
    int8[starts, N], and for each start a number that is larger the closer the points lie to their centres."""
    weighted = np.column_stack([points, np.ones(len(points), dtype=np.float32)])
    reach = np.abs(points).max(initial=0)
    for _step in range(MOST_STEPS):
        groups, nearness = _nearest(points, centres)
        moved = centres.copy()
        for place in range(len(centres)):
            sums = (groups == place).astype(np.float32) @ weighted
            filled = sums[:, 2] > 0
            moved[place, filled] = sums[filled, :2] / sums[filled, 2:]
        still = np.abs(moved - centres).max() <= STILL * reach
        centres = moved
        if still:
            break
    return centres, groups, nearness.sum(axis=1, dtype=np.float64)


def _nearest(points: Points, centres: NDArray[np.float32]) -> tuple[NDArray[np.int8], Points]:
    """Group of each point, and half its squared length less half the squared distance to its centre."""
    k, starts, _ = centres.shape
    score = (centres.reshape(-1, 2) @ points.T).reshape(k, starts, -1)
    score -= np.square(centres).sum(axis=2)[:, :, None] / 2
    groups, best = np.zeros(score.shape[1:], dtype=np.int8), score[0]
    for place in range(1, k):
        closer = score[place] > best
        groups[closer] = place
        best = np.maximum(best, score[place])
    return groups, best


def _distances(points: Points) -> NDArray[np.float32]:
    square: Points = np.square(points[:, None, 0] - points[None, :, 0])
    square += np.square(points[:, None, 1] - points[None, :, 1])
    np.sqrt(square, out=square)
    return square


def _marks(groups: Ints) -> Bools:
    return np.asarray(groups[:, None] == np.arange(int(groups.max()) + 1)[None, :])


def _silhouette(sums: NDArray[np.float32], marks: Bools) -> float:
    """From the sums of distances of each point to each group."""
    sizes = marks.sum(axis=0)
    if len(sizes) < 2:
        return 0.0
    own = (sums * marks).sum(axis=1) / np.maximum(sizes[marks.argmax(axis=1)] - 1, 1)
    other = np.where(marks, np.inf, sums / np.maximum(sizes, 1)).min(axis=1)
    alone = (sizes[marks.argmax(axis=1)] == 1) | (np.maximum(own, other) == 0)
    apart = np.where(alone, 0, (other - own) / np.where(alone, 1, np.maximum(own, other)))
    return round(float(apart.mean(dtype=np.float64)), 6)


def _pairs(sizes: NDArray[np.float64]) -> float:
    return float((sizes * (sizes - 1) / 2).sum())
