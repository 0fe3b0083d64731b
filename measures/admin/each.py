from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest

from stakeholders.domain.refusal import Refusal


def each(request: HttpRequest, rows: QuerySet[Any], act: Callable[[Any], object], done: str) -> None:
    """Row by row, so that a refusal of one does not undo the others; every outcome gets its sentence."""
    for row in rows:
        try:
            act(row)
        except Refusal as refusal:
            messages.error(request, f"{row}: {refusal.sentence}")
        else:
            messages.success(request, done % row)
