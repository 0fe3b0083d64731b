"""The anonymised ratings as tables for people who calculate with a spreadsheet; the file of schema ranking-data/1 says
the same and gives the same figures."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.domain.rating_data import RatingData, grade_cube

RATERS_AT_A_TIME = 256

Row = tuple[str | int | None, ...]


@dataclass(frozen=True, eq=False)
class RatingTable:
    """Number and traits of the raters as in the file, and their grades: a row for each rater and measure, a column for
    each criterion; `first` are the grades before the last change, None where the file has none."""

    data: RatingData
    last: NDArray[np.uint8]
    first: NDArray[np.uint8] | None

    def rater_header(self) -> tuple[str, ...]:
        return "rater", "group", "district", "organisation"

    def raters(self) -> Iterator[Row]:
        data = self.data
        columns = (data.rater_group.tolist(), data.rater_district.tolist(), data.rater_organisation.tolist())
        for number, (group, district, organisation) in enumerate(zip(*columns, strict=True)):
            yield (
                number,
                data.groups[group] if group >= 0 else None,
                data.districts[district] if district >= 0 else None,
                organisation if organisation >= 0 else None,
            )

    def rating_header(self) -> tuple[str, ...]:
        again = () if self.first is None else tuple(f"first_{key}" for key in self.data.criteria)
        return ("measure", *self.data.criteria, *again)

    def ratings(self) -> Iterator[tuple[int, Row]]:
        """The number of the rater beside each row."""
        cubes = (self.last,) if self.first is None else (self.last, self.first)
        for start in range(0, len(self.last), RATERS_AT_A_TIME):
            parts = [cube[start : start + RATERS_AT_A_TIME] for cube in cubes]
            rater, measure = np.logical_or.reduce([part.any(axis=2) for part in parts]).nonzero()
            grades = np.concatenate([part[rater, measure] for part in parts], axis=1).tolist()
            for number, place, row in zip(rater.tolist(), measure.tolist(), grades, strict=True):
                yield start + number, (self.data.measures[place], *(grade or None for grade in row))


def rating_table(data: RatingData) -> RatingTable:
    first = None if data.first is None else grade_cube("first_ratings", data, data.first)
    return RatingTable(data, grade_cube("ratings", data, data.rating), first)


def long_rows(table: RatingTable) -> Iterator[Row]:
    """The traits of the rater in front of each row, for a file of one table."""
    raters = table.raters()
    rater: Row = next(raters, ())
    for number, row in table.ratings():
        while rater[0] != number:
            rater = next(raters)
        yield (*rater, *row)
