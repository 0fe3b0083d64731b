"""What one thesis shows of common ground and division, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing import numbers
from theses.domain.common_ground import WITHIN_DIVIDED, CommonGround, Label, Rules, common_ground, within
from theses.domain.intervals import Ints
from theses.domain.opinion_analysis import with_hidden
from theses.domain.opinions import SMALLEST_CELL, Answers
from theses.domain.tally import publishable
from theses.reports.labels import NAMES, SENTENCES

WITHIN_UNEVEN = 0.3
"""Up to here nearly all who take sides take the same one."""


@dataclass(frozen=True, slots=True)
class Ground:
    """`name` is the badge; the sentences follow one another."""

    name: str
    sentences: tuple[str, ...]


def ground_of(counts: Mapping[int | None, Answers], names: Mapping[int, str]) -> Ground:
    """From all cells; what is told is computed without the small ones."""
    rules = Rules.usual(np.array([*(True for _name in names), False]))
    shown = publishable(_array(counts, names), smallest=SMALLEST_CELL)
    found = common_ground(shown, with_hidden(rules))
    label = found.labels[0]
    sentences = [str(SENTENCES[label])]
    if label != Label.INSUFFICIENT:
        inside = float(within(shown, smallest_voice=rules.smallest_voice)[0])
        sentences += [*_floor(found, label), _between(found, list(names.values())), _within(inside)]
    return Ground(str(NAMES[label]), tuple(sentences))


def _array(counts: Mapping[int | None, Answers], names: Mapping[int, str]) -> Ints:
    rows = [counts.get(key, Answers()) for key in (*names, None)]
    cells = [[[row.disagree, row.neutral + row.passed, row.agree]] for row in rows]
    return np.array(cells, dtype=np.int64)


def _floor(found: CommonGround, label: Label) -> list[str]:
    if label == Label.CONSENSUS_AGREE:
        text = _("Mit 95 %% Sicherheit stimmen in jeder dieser Gruppen mindestens %(share)s zu.")
        return [text % {"share": _percent(float(found.floor[0]))}]
    if label == Label.CONSENSUS_REJECT:
        text = _("Mit 95 %% Sicherheit lehnen in jeder dieser Gruppen mindestens %(share)s ab.")
        return [text % {"share": _percent(float(found.floor_rejection[0]))}]
    return []


def _between(found: CommonGround, names: list[str]) -> str:
    shares = {int(row): float(found.share[row, 0]) for row in np.flatnonzero(found.eligible[:, 0])}
    high, low = max(shares, key=lambda row: shares[row]), min(shares, key=lambda row: shares[row])
    if shares[high] == shares[low]:
        return _("Zwischen den Gruppen gibt es keinen Unterschied.")
    text = _("Am höchsten ist die Zustimmung bei %(high)s (%(most)s), am niedrigsten bei %(low)s (%(least)s).")
    ends = {"high": names[high], "most": _percent(shares[high]), "low": names[low], "least": _percent(shares[low])}
    return text % ends


def _within(inside: float) -> str:
    if inside >= WITHIN_DIVIDED:
        return _("Insgesamt halten sich Zustimmung und Ablehnung fast die Waage.")
    if inside >= WITHIN_UNEVEN:
        return _("Insgesamt gibt es auf der kleineren Seite viele Gegenstimmen.")
    return _("Insgesamt steht kaum jemand auf der kleineren Seite.")


def _percent(share: float) -> str:
    return numbers.percent(share, get_language() or "de", 0)
