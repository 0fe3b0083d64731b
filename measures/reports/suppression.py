"""Small cells as signs: what stands in a table instead of a figure, see `measures.domain.concealment`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from measures.domain.concealment import concealed_counts, concealed_means, voices_and_people
from publishing.tables import Suppressed


def hidden_counts(counts: Mapping[str, int], min_cell: int) -> dict[str, Suppressed]:
    """The cells of a column of counts to hide, if the sum of all is shown. Nobody at all (0) is no small cell."""
    return _signs(concealed_counts(counts, min_cell), counts, min_cell)


def shown_counts(counts: Mapping[str, int], min_cell: int) -> dict[str, int | Suppressed]:
    return {**counts, **hidden_counts(counts, min_cell)}


def hidden_means(people: Mapping[str, int], voiced: Iterable[str], min_cell: int) -> dict[str, Suppressed]:
    """The group means of one measure to hide, beside the score that the groups with a voice (`voiced`) make."""
    return _signs(concealed_means(people, voiced, min_cell), people, min_cell)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What all tables of a report together may not show of one measure.

    `groups` and `districts` are the means to hide. `has_small_voice`: a small group is part of the score, so that what
    would be a second equation for its mean goes too: the points per head and the share between the groups. `is_thin`:
    fewer than the minimum stand behind the score itself.
    """

    groups: Mapping[str, Suppressed]
    districts: Mapping[str, Suppressed]
    has_small_voice: bool
    is_thin: bool


def hidden_cells(measure: Mapping[str, Any], concealed_districts: Iterable[str], min_cell: int) -> Hidden:
    """From a measure of schema ranking/1; which districts are concealed was decided when the ranking was frozen."""
    voiced, people = voices_and_people(measure)
    located = {key: share["n"] for key, share in measure.get("districts", {}).items()}
    return Hidden(
        groups=hidden_means(people, voiced, min_cell),
        districts=_signs(concealed_districts, located, min_cell),
        has_small_voice=any(people[key] < min_cell for key in voiced),
        is_thin=sum(people[key] for key in voiced) < min_cell,
    )


def _signs(hidden: Iterable[str], counts: Mapping[str, int], min_cell: int) -> dict[str, Suppressed]:
    return {key: Suppressed(min_cell if counts[key] < min_cell else None) for key in hidden}
