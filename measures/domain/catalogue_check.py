"""What a file with measures would change, row by row; writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_slug
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.domain.catalogue import refuse_withdrawal_while_rated
from measures.domain.catalogue_columns import BY_KEY, Column, stored_text
from measures.domain.catalogue_file import CatalogueRow
from measures.domain.catalogue_words import CatalogueWords, read_words
from measures.models import Measure
from stakeholders.domain.contact_words import Misfit
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.table_file import FORMULA_STARTS, REPLACED

SHOWN = 300
"""Characters of a text in the list of changes."""

HIGHEST_POSITION = 32_767
GUARD = "'"
"""What the export puts before a text that a spreadsheet would take for a formula."""


class Outcome(models.TextChoices):
    CREATED = "created", gettext_lazy("neu")
    CHANGED = "changed", gettext_lazy("wird geändert")
    UNCHANGED = "unchanged", gettext_lazy("bleibt, wie sie ist")
    REFUSED = "refused", gettext_lazy("fehlerhaft")


@dataclass(frozen=True)
class Change:
    """Texts as they are shown, shortened."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Fault:
    label: str
    sentence: str


@dataclass
class Plan:
    """One row as it would be written: `values` by the key of the column, only those that change."""

    line: int
    slug: str
    title: str
    measure: Measure | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.faults:
            return Outcome.REFUSED
        if self.measure is None:
            return Outcome.CREATED
        return Outcome.CHANGED if self.values else Outcome.UNCHANGED


def plan_catalogue(rows: list[CatalogueRow], *, lock: bool = False) -> list[Plan]:
    """In the order of the rows; the number of queries grows only with the measures that would be withdrawn.

    With `lock` the measures stay as they are until the transaction ends.
    """
    slugs = [row.values["slug"] for row in rows]
    known = _known(slugs, lock=lock)
    words = read_words(set(slugs))
    related = _related(rows)
    first_lines: dict[str, int] = {}
    plans = []
    for row in rows:
        plan = Plan(row.line, row.values["slug"], row.values["title"], known.get(row.values["slug"]))
        if plan.slug in first_lines:
            sentence = _("Dieser Kurzname steht schon in Zeile %(line)d.") % {"line": first_lines[plan.slug]}
            plan.faults.append(Fault(BY_KEY["slug"].label, sentence))
        first_lines.setdefault(plan.slug, row.line)
        for key, text in row.values.items():
            _read_cell(plan, BY_KEY[key], text, words, related)
        plans.append(plan)
    return plans


def _known(slugs: list[str], *, lock: bool) -> dict[str, Measure]:
    rows = Measure.objects.filter(slug__in=slugs).order_by("pk").defer("search", "search_text")
    rows = rows.select_related("field_of_action").prefetch_related("topics", "districts", "related")
    return {measure.slug: measure for measure in (rows.select_for_update(of=("self",)) if lock else rows)}


def _related(rows: list[CatalogueRow]) -> dict[str, set[str]]:
    """Slug -> slugs it would be related to, seen from both rows of a pair."""
    found: dict[str, set[str]] = {row.values["slug"]: set() for row in rows}
    for row in rows:
        for other in _several(row.values.get("related", "")):
            found[row.values["slug"]].add(other)
            if other in found:
                found[other].add(row.values["slug"])
    return found


def _read_cell(plan: Plan, column: Column, text: str, words: CatalogueWords, related: dict[str, set[str]]) -> None:
    """Compares the cell with what is stored; only what differs is looked at closely and would be written."""
    before = stored_text(column, plan.measure) if plan.measure else ""
    if column.key == "related":
        text = "; ".join(sorted(related[plan.slug]))
    if plan.measure and (text == before or (column.key == "published" and not text)):
        return
    if text.startswith(GUARD) and text[1:2] in FORMULA_STARTS:
        text = text[1:]
    elif fault := _formula(column, text):
        plan.faults.append(Fault(column.label, fault))
        return
    if plan.measure and text == before:
        return
    try:
        _refuse_unfit_text(column, text)
        value, shown = _meaning(plan, column, text, words)
    except (Misfit, Refusal) as refusal:
        plan.faults.append(Fault(column.label, str(refusal)))
        return
    if plan.measure is None:
        plan.values[column.key] = value
    elif shown != before:
        plan.values[column.key] = value
        plan.changes.append(Change(column.label, _short(before), _short(shown)))


def _formula(column: Column, text: str) -> str:
    """Lists in Markdown begin with a sign and a space, which no spreadsheet takes for a formula."""
    is_list = column.has_lines and text[:2] in ("- ", "+ ")
    if not text.startswith(FORMULA_STARTS) or is_list:
        return ""
    return _("Der Text beginnt wie eine Formel (=, +, - oder @). Bitte nehmen Sie das Zeichen heraus.")


def _refuse_unfit_text(column: Column, text: str) -> None:
    if REPLACED in text:
        raise Misfit(_("Die Zelle enthält Zeichen, die sich nicht lesen lassen."))
    if len(text) > column.length:
        raise Misfit(_("Der Text ist zu lang. Möglich sind %(length)d Zeichen.") % {"length": column.length})
    if column.is_required and not text:
        raise Misfit(_("Hier muss etwas stehen."))


def _meaning(plan: Plan, column: Column, text: str, words: CatalogueWords) -> tuple[Any, str]:
    """The value to write and how the export would show it. Raises Misfit or Refusal."""
    if column.key == "slug":
        return _slug(text), text
    if column.key == "source_url":
        return _address(text), text
    if column.key == "position":
        number = _position(text)
        return number, str(number)
    if column.key == "published":
        is_published = words.yes_or_no(text)
        if plan.measure and plan.measure.published and not is_published:
            refuse_withdrawal_while_rated(plan.measure)
        return is_published, "ja" if is_published else "nein"
    if column.key == "related":
        return words.related(plan.slug, _several(text)), text
    if column.key in ("field_of_action", "status", "topics", "districts"):
        return words.read(column.key, text)
    return text, text


def _slug(text: str) -> str:
    try:
        validate_slug(text)
    except ValidationError:
        raise Misfit(_("Möglich sind nur Buchstaben ohne Umlaute, Ziffern, - und _.")) from None
    return text


def _address(text: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text or "https://example.org")
    except ValidationError:
        raise Misfit(_("Das ist keine Adresse, die mit https:// oder http:// beginnt.")) from None
    return text


def _position(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and int(text) <= HIGHEST_POSITION):
        raise Misfit(_("Möglich sind ganze Zahlen von 0 bis 32767."))
    return int(text)


def _several(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _short(text: str) -> str:
    return Truncator(text).chars(SHOWN) or "–"


def counts_of(plans: Iterable[Plan]) -> dict[str, int]:
    outcomes = [plan.outcome for plan in plans]
    return {outcome.value: outcomes.count(outcome) for outcome in Outcome}


def fingerprint(plans: Iterable[Plan]) -> str:
    """The same as long as writing the file would do the same to the same states."""
    facts = [
        (plan.line, plan.slug, plan.outcome.value, plan.measure and plan.measure.changed_at, plan.changes, plan.faults)
        for plan in plans
    ]
    return sha256(repr(facts).encode()).hexdigest()
