"""Figures of the regional fit from counts by measure and district: arrays in, values out. Pure functions.

Of M measures, D districts and the four questions `need`, `readiness`, `structures`, `obstacles` (all coded so that more
is better). A grade x from 1 to 5 is worth 25 * (x - 1), 0 to 100, as in the ranking.

- A person of a cell (measure x district) has rated it and answered at least one of the questions. Every person counts
  once in a cell; organisations are not capped, because knowing a district is a matter of persons.
- Mean of a question: over all persons who answered it.
- Overall: the mean of the four means, each question counting the same.
- Spread: the standard deviation (n - 1) over the persons of the cell of each person's own value, which is the mean of
  what they answered. 0 means that all judge alike; 50 and more that some say 0 where others say 100.

What is hidden, `smallest` being 5: a cell of one to four persons altogether, and in a larger cell a question answered
by fewer than `smallest`; overall and spread are shown only where all four questions are. Means over districts or
measures, and numbers of persons over them, are computed from what is shown and from nothing else, every cell counting
the same. So no figure depends on an answer behind a hidden one, and none can be computed from totals and the others.
What this does not prevent: the figures follow the answers, so whoever notes a cell before and after one more person has
answered can compute that answer, if nobody else changed anything in between.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

QUESTIONS = 4
SMALLEST_CELL = 5
TWELFTHS = 12
"""The mean of one to four whole grades, times twelve, is a whole number: sums of it are exact in any order."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FitSums:
    """What is counted of each cell: `people` int64[M, D]; `answered` and `points` int64[M, D, 4], how many answered a
    question and the sum of their grades; `means` and `squares` int64[M, D], the sum and the sum of squares over persons
    of twelve times the mean of their grades. Raises ValueError for shapes and numbers that cannot be."""

    people: Ints
    answered: Ints
    points: Ints
    means: Ints
    squares: Ints

    def __post_init__(self) -> None:
        shape = self.people.shape
        if len(shape) != 2 or any(cells.shape != shape for cells in (self.means, self.squares)):
            raise ValueError("the sums of cells are not all of measures by districts")
        if any(cells.shape != (*shape, QUESTIONS) for cells in (self.answered, self.points)):
            raise ValueError("the sums of questions are not all of measures by districts by questions")
        if (self.answered < 0).any() or (self.answered > self.people[:, :, None]).any():
            raise ValueError("more answers than persons")
        if (self.points < self.answered).any() or (self.points > 5 * self.answered).any():
            raise ValueError("the sum of grades does not fit their number")


@dataclass(frozen=True, slots=True)
class FitFigures:
    """NaN where there is no figure to show. `people` is -1 where it is hidden, `hidden` bool[M, D, 4] says which means
    exist and are not shown; `incomplete` bool[M, D] of which shown cells overall and spread are not.

    `over_districts` float64[M] and `over_measures` float64[D] are means of the overall figures that are shown,
    `people_of_measure` int64[M] and `people_of_district` int64[D] the persons of the cells that are shown.
    """

    people: Ints
    questions: Floats
    hidden: Bools
    overall: Floats
    spread: Floats
    incomplete: Bools
    over_districts: Floats
    over_measures: Floats
    people_of_measure: Ints
    people_of_district: Ints


def fit_figures(sums: FitSums, *, smallest: int = SMALLEST_CELL) -> FitFigures:
    """What may be published of `sums`. Raises ValueError unless `smallest` is at least 2, as a spread needs two."""
    if smallest < 2:
        raise ValueError("a cell of one person tells that person's answer")
    is_small = (sums.people > 0) & (sums.people < smallest)
    is_shown = sums.people >= smallest
    told = (sums.answered >= smallest) & is_shown[:, :, None]
    hidden = (sums.answered > 0) & ~told
    questions = np.where(told, 25 * (sums.points - sums.answered) / np.maximum(sums.answered, 1), np.nan)
    whole = told.all(axis=2)
    overall = np.where(whole, np.where(told, questions, 0.0).sum(axis=2) / QUESTIONS, np.nan)
    people = np.where(is_small, -1, sums.people)
    told_people = np.where(is_shown, sums.people, 0)
    return FitFigures(
        people=people,
        questions=questions,
        hidden=hidden,
        overall=overall,
        spread=np.where(whole, _spread(sums), np.nan),
        incomplete=is_shown & ~whole,
        over_districts=_mean(overall, axis=1),
        over_measures=_mean(overall, axis=0),
        people_of_measure=told_people.sum(axis=1),
        people_of_district=told_people.sum(axis=0),
    )


def _spread(sums: FitSums) -> Floats:
    """Whole numbers to the last step, so that rounding cannot make a spread of nobody's difference."""
    people = np.maximum(sums.people, 2)
    squares = np.maximum(people * sums.squares - sums.means**2, 0)
    return np.asarray(25.0 / TWELFTHS * np.sqrt(squares / (people * (people - 1))), dtype=np.float64)


def _mean(values: Floats, *, axis: int) -> Floats:
    known: NDArray[Any] = ~np.isnan(values)
    number = known.sum(axis=axis)
    return np.where(number > 0, np.where(known, values, 0.0).sum(axis=axis) / np.maximum(number, 1), np.nan)
