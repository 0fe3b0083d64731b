"""What every app says about a person in one form: rows for the data export, facts for the statement on deletion."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from stakeholders.models import Stakeholder

NOTHING = "–"


@dataclass(frozen=True)
class Fact:
    """One sentence of the statement before a deletion: what is deleted, or is kept without the name and why."""

    kept: bool
    text: str
    count: int


class Facts(dict[str, object]):
    """One row as JSON values under the names of its fields; `readable` says the same in words: (label, text)."""

    def __init__(self, values: dict[str, object], readable: list[tuple[str, str]]) -> None:
        super().__init__(values)
        self.readable = readable


class Rows(list[Facts]):
    """Rows of one kind under the name of the kind."""

    def __init__(self, title: str, rows: Iterable[Facts]) -> None:
        super().__init__(rows)
        self.title = title


def rows_of(rows: models.QuerySet[Any], *, title: str = "", leave_out: tuple[str, ...] = ()) -> Rows:
    """Every row with all its fields, in order of their numbers, in the language that is active."""
    fields = rows.model._meta.concrete_fields
    names = [f.name for f in fields if _is_foreign_key(f) and not _is_person(f) and f.name not in leave_out]
    found = rows.order_by("pk").select_related(*names) if names else rows.order_by("pk")
    name = title or capfirst(str(rows.model._meta.verbose_name_plural))
    return Rows(name, [facts_of(row, leave_out=leave_out) for row in found.iterator(chunk_size=500)])


def facts_of(row: models.Model, *, leave_out: tuple[str, ...] = ()) -> Facts:
    """All fields but the number, what is computed, and the identity of people: of others because it is theirs, of the
    person because all of it is about them. What opens the account must be left out by the caller.
    """
    values: dict[str, object] = {}
    readable: list[tuple[str, str]] = []
    fields = [*row._meta.concrete_fields, *row._meta.many_to_many]
    for field in fields:
        if field.name in leave_out or field.primary_key or field.generated or _is_person(field):
            continue
        value = _value(row, field)
        values[field.name] = json_value(value)
        readable.append((capfirst(str(field.verbose_name)), _words(row, field, value)))
    return Facts(values, readable)


def json_value(value: object) -> object:
    """Dates in ISO 8601, everything JSON does not know as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)


def _value(row: models.Model, field: Any) -> object:
    if field.many_to_many:
        return [str(other) for other in getattr(row, field.name).all()]
    value = getattr(row, field.name)
    return str(value) if isinstance(value, models.Model) else value


def _words(row: models.Model, field: Any, value: object) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if value in (None, "", [], {}):
        return NOTHING
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _is_foreign_key(field: Any) -> bool:
    return bool(field.many_to_one or field.one_to_one)


def _is_person(field: Any) -> bool:
    return bool(field.is_relation and field.related_model is Stakeholder)
