from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db import models

PER_PAGE = 20

Row = TypeVar("Row", bound=models.Model)


def page_of(rows: models.QuerySet[Row], number: str | None) -> Page[Row]:
    """The page that the address asks for, or the nearest there is; two queries whatever there is to show."""
    return Paginator(rows, PER_PAGE).get_page(number)
