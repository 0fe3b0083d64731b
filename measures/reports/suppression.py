"""Small cells: what a report hides so that nobody's answer or presence can be read or computed from it.

A cell below the minimum is hidden. As totals stand beside the cells, further ones are hidden until what is hidden
cannot be computed: at least two cells that together hold at least the minimum.
"""

from collections.abc import Iterable, Mapping

from publishing.tables import Suppressed


def hidden_counts(counts: Mapping[str, int], min_cell: int) -> dict[str, Suppressed]:
    """The cells of a column of counts to hide, if the sum of all is shown. Nobody at all (0) is no small cell."""
    hidden = {key: Suppressed(min_cell) for key, count in counts.items() if 0 < count < min_cell}
    others = sorted((count, key) for key, count in counts.items() if count >= min_cell)
    while hidden and others and (len(hidden) < 2 or sum(counts[key] for key in hidden) < min_cell):
        hidden[others.pop(0)[1]] = Suppressed(None)
    return hidden


def shown_counts(counts: Mapping[str, int], min_cell: int) -> dict[str, int | Suppressed]:
    return {**counts, **hidden_counts(counts, min_cell)}


def hidden_means(people: Mapping[str, int], voiced: Iterable[str], min_cell: int) -> dict[str, Suppressed]:
    """The group means of one measure to hide. The score is the mean of the groups with a voice (`voiced`): if one of
    them is hidden, a second one has to be, or the first could be computed from the score and the others."""
    hidden = {key: Suppressed(min_cell) for key, count in people.items() if count < min_cell}
    voices = set(voiced)
    small = voices & set(hidden)
    others = sorted((people[key], key) for key in voices - small)
    if len(small) == 1 and others:
        hidden[others[0][1]] = Suppressed(None)
    return hidden
