"""How measures fit districts: one read model for pages, sheets and files.

Whatever is drawn from it is drawn from `FitFigures`, where everything that must not be told is already hidden.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from measures.domain.fit import districts_to_rate
from measures.domain.fit_counts import fit_sums
from measures.domain.fit_figures import SMALLEST_CELL, FitFigures, fit_figures
from measures.models import Measure
from publishing.charts.levels import Steps
from publishing.tables import Cell, Suppressed
from stakeholders.models import District

SMALL = Suppressed(SMALLEST_CELL)
FOLLOWS = Suppressed(None)
"""Hidden because a hidden mean of a question would follow from it."""


class Figure(TextChoices):
    """Which number is shown; the values stand in the address."""

    OVERALL = "insgesamt", _("Passfähigkeit insgesamt")
    NEED = "bedarf", _("Bedarf")
    READINESS = "bereitschaft", _("Bereitschaft")
    STRUCTURES = "strukturen", _("vorhandene Strukturen")
    OBSTACLES = "hindernisse", _("wenige Hindernisse")
    SPREAD = "streuung", _("Streuung")
    PEOPLE = "personen", _("Personen")


OF_QUESTIONS = (Figure.NEED, Figure.READINESS, Figure.STRUCTURES, Figure.OBSTACLES)
"""In the order of the questions."""

MEANS = (Figure.OVERALL, *OF_QUESTIONS)
POINTS = Steps((0.0, 20.0, 40.0, 60.0, 80.0), "decimal", 0)
SPREADS = Steps((0.0, 10.0, 20.0, 30.0, 40.0), "decimal", 0)
NUMBERS = Steps((1, 10, 20, 50, 100))


@dataclass(frozen=True, slots=True)
class Fit:
    """The figures of `measures` (rows) by `districts` (columns), in their order."""

    measures: tuple[Measure, ...]
    districts: tuple[District, ...]
    figures: FitFigures

    def shown(self, figure: Figure, row: int, column: int) -> Cell:
        """None where nobody said anything."""
        found = self.figures
        people = int(found.people[row, column])
        if people <= 0:
            return SMALL if people < 0 else 0 if figure == Figure.PEOPLE else None
        if figure == Figure.PEOPLE:
            return people
        if figure in OF_QUESTIONS:
            question = OF_QUESTIONS.index(figure)
            return SMALL if found.hidden[row, column, question] else number(found.questions[row, column, question])
        if found.incomplete[row, column]:
            return FOLLOWS if found.hidden[row, column].any() else None
        return number((found.overall if figure == Figure.OVERALL else found.spread)[row, column])

    @property
    def people(self) -> int:
        """How often somebody has judged, in the cells that are shown."""
        return int(self.figures.people_of_measure.sum())


def read(*, measures: Iterable[Measure], districts: Sequence[District] | None = None) -> Fit:
    """Two queries, whatever there is: the districts of Saxony, unless they are given, and the counts of all cells."""
    rows = tuple(measures)
    columns = tuple(districts_to_rate() if districts is None else districts)
    sums = fit_sums(measures=[row.pk for row in rows], districts=[column.pk for column in columns])
    return Fit(rows, columns, fit_figures(sums))


def steps(figure: Figure) -> Steps:
    if figure == Figure.PEOPLE:
        return NUMBERS
    return SPREADS if figure == Figure.SPREAD else POINTS


def number(value: np.floating) -> float | None:
    return None if np.isnan(value) else float(value)
