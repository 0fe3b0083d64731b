"""How others rate a measure, for whoever has rated it: one read model per question, small cells hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from measures.domain.rating_data import Options
from measures.domain.round_spread import Spread, Spreads, spreads
from measures.domain.steps import step
from measures.models import AssessmentRound, Criterion, Measure
from measures.reports.suppression import hidden_counts
from publishing.kept import kept
from publishing.tables import Cell, Column, Suppressed, Table
from stakeholders.models import StakeholderGroup

MINUTE = 60
SMALLEST = Options.min_cell


@dataclass(frozen=True)
class OthersOnQuestion:
    """`sentence` is empty as long as too few have answered. `outside`: the own answer lies beyond the middle half."""

    label: str
    question: str
    sentence: str
    own: str
    outside: bool
    table: Table | None


def build(
    assessment_round: AssessmentRound, measure: Measure, criteria: Sequence[Criterion], own: Mapping[str, int | None]
) -> tuple[OthersOnQuestion, ...]:
    """Only for somebody who has answered every question about the measure: `own` are those answers by key.

    What others answered may be a minute old, so that many raters do not count millions of answers each.
    """
    found: Spreads = kept(
        "spreads", assessment_round.pk, measure.pk, seconds=MINUTE, draw=lambda: spreads(assessment_round, measure)
    )
    names = {row.pk: str(row) for row in StakeholderGroup.objects.all()} | {0: _("ohne Angabe")}
    return tuple(_question(criterion, own[criterion.key], found, names) for criterion in criteria)


def _question(criterion: Criterion, own: int | None, found: Spreads, names: Mapping[int, str]) -> OthersOnQuestion:
    spread = found.everybody.get(criterion.pk)
    enough = spread is not None and spread.n >= SMALLEST
    return OthersOnQuestion(
        label=str(criterion),
        question=criterion.local_question,
        sentence=_sentence(spread) if spread and enough else "",
        own=_("kann ich nicht beurteilen") if own is None else step(own),
        outside=bool(spread and enough and own is not None and not spread.low <= own <= spread.high),
        table=_table(criterion, found.groups.get(criterion.pk, {}), names) if enough else None,
    )


def _sentence(spread: Spread) -> str:
    words = {"n": spread.n, "median": step(spread.median), "half": _half(spread)}
    return _("Die mittlere Antwort ist „%(median)s“, die mittlere Hälfte antwortet %(half)s (%(n)d Personen).") % words


def _half(spread: Spread) -> str:
    if spread.low == spread.high:
        return _("„%(step)s“") % {"step": step(spread.low)}
    return _("„%(low)s“ bis „%(high)s“") % {"low": step(spread.low), "high": step(spread.high)}


def _table(criterion: Criterion, groups: Mapping[int, Spread], names: Mapping[int, str]) -> Table:
    """Groups in the house's order, with those hidden from whose numbers a small one could be computed."""
    hidden = hidden_counts({str(group): spread.n for group, spread in groups.items()}, SMALLEST)
    rows = [_row(name, groups[group], hidden.get(str(group))) for group, name in names.items() if group in groups]
    return Table(
        key="others",
        caption=_("%(criterion)s: Antworten nach Akteursgruppen") % {"criterion": criterion},
        columns=(
            Column("group", _("Akteursgruppe")),
            Column("people", _("Personen"), "integer"),
            Column("median", _("mittlere Antwort")),
            Column("half", _("mittlere Hälfte")),
        ),
        rows=tuple(rows),
    )


def _row(name: str, spread: Spread, hidden: Suppressed | None) -> tuple[Cell, ...]:
    return (name, hidden, hidden, hidden) if hidden else (name, spread.n, step(spread.median), _half(spread))
