"""The grid of targets: one field per group and district, all saved at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from stakeholders.domain.coverage_target import MOST_PEOPLE, Pair


@dataclass(frozen=True, slots=True)
class GridField:
    """`text` is what stands in the field, as it was typed; `row` and `column` number the headings that name it."""

    name: str
    text: str
    column: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    label: str
    number: int
    fields: tuple[GridField, ...]


@dataclass(frozen=True, slots=True)
class TargetGrid:
    """Labels by key, in order; `texts` by pair of keys."""

    groups: Mapping[str, str]
    districts: Mapping[str, str]
    texts: Mapping[Pair, str]
    errors: Mapping[Pair, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[GridRow]:
        return [
            GridRow(label, row, tuple(self._field(group, key, place) for place, key in enumerate(self.districts, 1)))
            for row, (group, label) in enumerate(self.groups.items(), 1)
        ]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Where and what, for the summary on top."""
        return [
            (name_of(pair), f"{self.groups[pair[0]]}, {self.districts[pair[1]]}: {text}")
            for pair, text in self.errors.items()
        ]

    def targets(self) -> dict[Pair, int]:
        """What is filled in; only for a grid without errors."""
        return {pair: int(text) for pair, text in self.texts.items() if text}

    def _field(self, group: str, district: str, place: int) -> GridField:
        pair = (group, district)
        return GridField(name_of(pair), self.texts.get(pair, ""), place, self.errors.get(pair, ""))


def name_of(pair: Pair) -> str:
    return f"ziel-{pair[0]}-{pair[1]}"


def stored_grid(groups: Mapping[str, str], districts: Mapping[str, str], targets: Mapping[Pair, int]) -> TargetGrid:
    return TargetGrid(groups, districts, {pair: str(people) for pair, people in targets.items()})


def posted_grid(groups: Mapping[str, str], districts: Mapping[str, str], posted: Mapping[str, str]) -> TargetGrid:
    """What was typed, with a sentence for each field that is no number of people. Empty: no target."""
    pairs = [(group, district) for group in groups for district in districts]
    texts = {pair: posted.get(name_of(pair), "").strip()[:40] for pair in pairs}
    errors = {pair: error for pair, text in texts.items() if (error := _error(text))}
    return TargetGrid(groups, districts, texts, errors)


def _error(text: str) -> str:
    if not text:
        return ""
    if not (text.isascii() and text.isdigit()):
        return _("Bitte geben Sie eine ganze Zahl ein oder lassen Sie das Feld leer.")
    if int(text) > MOST_PEOPLE:
        return _("Bitte geben Sie eine kleinere Zahl ein.")
    return ""
