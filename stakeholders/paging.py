from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db import models

PER_PAGE = 20

Row = TypeVar("Row", bound=models.Model)


def page_of(rows: models.QuerySet[Row], number: str | None) -> Page[Row]:
    """The page that the address asks for, or the nearest there is.

    The first page asks for one row more than it shows: without that row nothing has to be counted.
    """
    if number is not None:
        return Paginator(rows, PER_PAGE).get_page(number)
    first = list(rows[: PER_PAGE + 1])
    if len(first) <= PER_PAGE:
        return Paginator(first, PER_PAGE).get_page(1)
    return Page(first[:PER_PAGE], 1, Paginator(rows, PER_PAGE))
