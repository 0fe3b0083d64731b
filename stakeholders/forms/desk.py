"""The filter of the project office's desk as plain values for its template: who may be chosen and who is.

No Django form: hundreds of options would be drawn by two templates each, and what a value means the domain knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from stakeholders.domain.activity import recent_things
from stakeholders.domain.criteria import (
    EVER_OR_LATELY,
    KINDS,
    LABELS,
    NOT_WITH,
    Criteria,
    Vocabulary,
    in_order,
    value_label,
)

TICKED = ("gruppe", "kreis", "thema", "interesse", "schlagwort", "herkunft", "zugang", "rolle")
PICKED = ("aktiv", "mail")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """`more` are things one can ask about, for the history only."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()

    @property
    def number(self) -> int:
        return sum(choice.chosen for choice in (*self.choices, *self.more))


@dataclass(frozen=True, slots=True)
class Chip:
    """One criterion in force, and the address without it."""

    label: str
    value: str
    without: str


class DeskFilter:
    """The lists ask the database only when the template draws them, which it does once a minute for each address."""

    def __init__(self, criteria: Criteria, words: Vocabulary) -> None:
        self.criteria = criteria
        self.words = words

    @property
    def text(self) -> str:
        return self._first("q")

    @property
    def organisation(self) -> str:
        return self._first("organisation")

    @property
    def address(self) -> str:
        """The criteria as they stand behind the question mark."""
        return query_of(self.criteria)

    @cached_property
    def ticked(self) -> list[ChoiceList]:
        return [self._list(name, self.words.choices(name).items()) for name in TICKED if self.words.choices(name)]

    @cached_property
    def picked(self) -> list[ChoiceList]:
        return [self._list(name, self.words.choices(name).items()) for name in PICKED]

    @cached_property
    def history(self) -> list[ChoiceList]:
        things = recent_things()
        return [self._history(name, things.get(kind.value, {})) for name, kind in KINDS.items()]

    @property
    def history_number(self) -> int:
        return sum(len(self.criteria.get(name, [])) for name in KINDS)

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(str(LABELS[name]), value_label(name, value, self.words), self._without(name, value))
            for name, values in in_order(self.criteria).items()
            for value in values
        ]

    def _first(self, name: str) -> str:
        return self.criteria.get(name, [""])[0]

    def _list(self, name: str, choices: Iterable[tuple[str, object]]) -> ChoiceList:
        """What is chosen but no longer offered stays in the list, so that it can be taken out."""
        chosen = self.criteria.get(name, [])
        rows = [Choice(value, str(label), value in chosen) for value, label in choices]
        offered = {row.value for row in rows}
        rows += [Choice(value, value_label(name, value, self.words), True) for value in chosen if value not in offered]
        return ChoiceList(name, str(LABELS[name]), tuple(rows))

    def _history(self, name: str, things: dict[str, str]) -> ChoiceList:
        chosen = self.criteria.get(name, [])
        asked = {value.removeprefix(NOT_WITH): value.removeprefix(NOT_WITH) for value in chosen}
        offered = {**{key: key for key in asked if key not in EVER_OR_LATELY}, **things}
        fixed = self._list(name, EVER_OR_LATELY.items()).choices[: len(EVER_OR_LATELY)]
        more = [Choice(key, _("bei: %(thing)s") % {"thing": label}, key in chosen) for key, label in offered.items()]
        more += [
            Choice(f"{NOT_WITH}{key}", _("nicht bei: %(thing)s") % {"thing": label}, f"{NOT_WITH}{key}" in chosen)
            for key, label in offered.items()
        ]
        return ChoiceList(name, str(LABELS[name]), fixed, tuple(more))

    def _without(self, name: str, value: str) -> str:
        rest = {**self.criteria, name: [kept for kept in self.criteria[name] if kept != value]}
        return query_of(rest)


def query_of(criteria: Criteria) -> str:
    return urlencode(in_order(criteria), doseq=True)
