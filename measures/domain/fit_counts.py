from collections.abc import Sequence

import numpy as np
from django.db.models import Case, Count, F, Func, IntegerField, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from measures.domain.fit_figures import QUESTIONS, TWELFTHS, FitSums
from measures.models import FitAssessment
from measures.models.fit import FIT_QUESTIONS

ANSWERED = Func(*(F(name) for name in FIT_QUESTIONS), function="num_nonnulls", output_field=IntegerField())
TOTAL = sum((Coalesce(F(name), 0) for name in FIT_QUESTIONS[1:]), start=Coalesce(F(FIT_QUESTIONS[0]), 0))
PARTS = Case(*(When(number=number, then=Value(TWELFTHS // number)) for number in range(1, QUESTIONS + 1)))
"""Twelve divided by the number of answers, a whole number."""


def fit_sums(*, measures: Sequence[int], districts: Sequence[int]) -> FitSums:
    """Counted by the database, one row a cell however many people rated; in the order of the keys given.

    A check in which nothing could be judged says nothing about the fit and counts nobody.
    """
    shape = (len(measures), len(districts))
    people, means, squares = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    answered, points = (np.zeros((*shape, QUESTIONS), dtype=np.int64) for _ in range(2))
    row_of, column_of = _places(measures), _places(districts)
    for measure, district, number, mean, square, *of_questions in _cells(measures, districts):
        place = row_of[measure], column_of[district]
        people[place], means[place], squares[place] = number, mean, square
        answered[place] = of_questions[:QUESTIONS]
        points[place] = [found or 0 for found in of_questions[QUESTIONS:]]
    return FitSums(people, answered, points, means, squares)


def _places(keys: Sequence[int]) -> dict[int, int]:
    return {key: place for place, key in enumerate(keys)}


def _cells(measures: Sequence[int], districts: Sequence[int]) -> list[tuple[int, ...]]:
    rows = FitAssessment.objects.filter(measure__in=measures, district__in=districts).order_by()
    rows = rows.annotate(number=ANSWERED).filter(number__gt=0).annotate(own=TOTAL * PARTS)
    counted = rows.values_list("measure", "district").annotate(
        people=Count("pk"),
        means=Sum("own"),
        squares=Sum(F("own") * F("own")),
        **{f"{name}_answered": Count("pk", filter=Q(**{f"{name}__isnull": False})) for name in FIT_QUESTIONS},
        **{f"{name}_points": Sum(name) for name in FIT_QUESTIONS},
    )
    return list(counted)
