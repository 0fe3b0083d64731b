from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from measures.models import Ranking
from measures.reports.suppression import Hidden, hidden_cells
from publishing.tables import Interval, Suppressed


@dataclass(frozen=True)
class Frozen:
    """A ranking as its report reads it: the frozen result, and the titles of that time in one language."""

    ranking: Ranking
    language: str

    @property
    def result(self) -> dict[str, Any]:
        result: dict[str, Any] = self.ranking.result
        return result

    @property
    def options(self) -> dict[str, Any]:
        options: dict[str, Any] = self.result["options"]
        return options

    @property
    def measures(self) -> list[dict[str, Any]]:
        """The ranked ones in the order of their ranks."""
        measures: list[dict[str, Any]] = self.result["measures"]
        return measures

    @property
    def by_key(self) -> dict[str, dict[str, Any]]:
        """The ranked ones."""
        return {measure["key"]: measure for measure in self.measures}

    @property
    def raters(self) -> int | Suppressed:
        raters = int(self.result["participation"]["raters"])
        return Suppressed(self.min_cell) if raters < self.min_cell else raters

    @property
    def titles(self) -> dict[str, str]:
        """Of all measures of the round, by key."""
        return {row["key"]: self.measure(row["key"]) for row in self.ranking.labels["measures"]}

    @property
    def has_certainty(self) -> bool:
        return any(measure["status"] is not None for measure in self.measures)

    @property
    def min_cell(self) -> int:
        return int(self.options["min_cell"])

    @property
    def title(self) -> str:
        return self._text(self.ranking.labels["round"]["title"])

    @property
    def question(self) -> str:
        return self._text(self.ranking.labels["round"]["question"])

    @property
    def opened(self) -> datetime:
        return datetime.fromisoformat(self.ranking.labels["round"]["opens_at"])

    @property
    def closed(self) -> datetime:
        return datetime.fromisoformat(self.ranking.labels["round"]["closes_at"])

    @property
    def unknown(self) -> Mapping[str, int]:
        unknown: Mapping[str, int] = self.ranking.labels["unknown"]
        return unknown

    @property
    def groups(self) -> list[str]:
        return [row["key"] for row in self.ranking.labels["groups"]]

    @property
    def districts(self) -> list[str]:
        return [row["key"] for row in self.ranking.labels["districts"]]

    @property
    def criteria(self) -> list[str]:
        """Those that weigh."""
        return [row["key"] for row in self.ranking.labels["criteria"] if row["weight"] > 0]

    def terms(self) -> list[tuple[str, str, float]]:
        """Label, question and weight of every criterion, as they were published before the round."""
        rows = self.ranking.labels["criteria"]
        return [(self._text(row), self._text(row["question"]), float(row["weight"])) for row in rows]

    def measure(self, key: str) -> str:
        return self._label("measures", key)

    def group(self, key: str) -> str:
        return self._label("groups", key)

    def district(self, key: str) -> str:
        return self._label("districts", key)

    def criterion(self, key: str) -> str:
        return self._label("criteria", key)

    def hidden(self, measure: dict[str, Any]) -> Hidden:
        """What may not be shown of this measure."""
        concealed = self.ranking.labels.get("concealed_districts", {})
        return hidden_cells(measure, concealed.get(measure["key"], ()), self.min_cell)

    def score(self, measure: dict[str, Any], name: str = "score") -> float | Suppressed:
        """The points, or the figure of another name that the same people stand behind."""
        value: float = measure[name]
        hidden = self.hidden(measure)
        if hidden.is_thin or (name == "score_per_head" and hidden.has_small_voice):
            return Suppressed(self.min_cell)
        return value

    def interval(self, measure: dict[str, Any]) -> Interval | Suppressed | None:
        """Of the points."""
        ends = measure["interval"]
        if ends is None:
            return None
        return Suppressed(self.min_cell) if self.hidden(measure).is_thin else Interval(ends[0], ends[1])

    def _label(self, kind: str, key: str) -> str:
        return self._names[kind, key]

    @cached_property
    def _names(self) -> dict[tuple[str, str], str]:
        kinds = ("measures", "groups", "districts", "criteria")
        return {(kind, row["key"]): self._text(row) for kind in kinds for row in self.ranking.labels[kind]}

    def _text(self, both: Mapping[str, str]) -> str:
        return both["en" if self.language == "en" else "de"]


def column_key(prefix: str, key: str) -> str:
    """Slugs may begin with a digit or hold capital letters, keys of columns may not."""
    return f"{prefix}_{key.lower()}"
