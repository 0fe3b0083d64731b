from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing import numbers
from publishing.charts.frame import Scale
from publishing.charts.stacked import Series, StackedBars, StackedRow
from publishing.document import ChartBlock
from publishing.tables import Cell, Column, Interval, Suppressed, Table
from stakeholders.models import StakeholderGroup
from theses.domain.opinions import SMALLEST_CELL, Answers, EqualVoice, equal_voice, everybody, wilson
from theses.domain.stance_counts import FIELDS, Counts, counts_of
from theses.models import Thesis
from theses.reports.ground import Ground, ground_of

HIDDEN = Suppressed(SMALLEST_CELL)

Row = tuple[str, Answers]


@dataclass(frozen=True, slots=True)
class Opinions:
    """Of one `thesis`. `total` counts what is told, so that it gives no small group away; `agreement` is per head among
    these. With too few to tell of, `total` is 0 and all others are None."""

    thesis: Thesis
    total: int
    agreement: float | None
    equal_voice: EqualVoice | None
    chart: ChartBlock | None
    table: Table | None
    ground: Ground | None


def build(thesis: Thesis) -> Opinions:
    """The stances on one thesis by declared group, in the language of the page. A change of group moves its history."""
    counts = counts_of([thesis])[thesis.pk]
    names = {group.pk: str(group) for group in StakeholderGroup.objects.all()}
    rows, told = rows_of(counts, names), everybody(counts)
    voice = equal_voice(counts, excluded=frozenset([None]))
    if told is None:
        return Opinions(thesis, 0, None, None, None, None, None)
    ground = ground_of(counts, names)
    return Opinions(thesis, told.total, told.agree / told.total, voice, _chart(rows, told), _table(rows), ground)


def rows_of(counts: Counts, names: Mapping[int, str]) -> list[Row]:
    """Everybody who is told of, if enough, then each group that answered; small ones are still to be hidden."""
    rows: list[Row] = [(name, counts[key]) for key, name in names.items() if key in counts]
    if None in counts:
        rows.append((_("ohne Angabe"), counts[None]))
    told = everybody(counts)
    if told:
        total = sum(answers.total for answers in counts.values())
        rows.insert(0, (_("Alle zusammen") if told.total == total else _("Alle gezeigten Gruppen"), told))
    return rows


def _chart(rows: list[Row], told: Answers) -> ChartBlock:
    series = (
        Series("agree", _("Zustimmung"), "agree"),
        Series("neutral", _("neutral"), "neutral"),
        Series("disagree", _("Ablehnung"), "disagree"),
        Series("passed", _("weiß nicht"), "pass"),
    )
    bars = StackedBars(series, tuple(map(_bar, rows)), Scale(0, 1, "percent", 0), _("Gruppe"), _("Antworten"))
    language = get_language() or "de"
    alt = _("%(groups)d Balken, einer für jede Gruppe und einer für alle zusammen. Insgesamt stimmen %(share)s zu.") % {
        "groups": len(rows),
        "share": numbers.percent(told.agree / told.total, language, 0),
    }
    return ChartBlock("haltungen", _("Haltungen nach Akteursgruppe"), alt, bars)


def _bar(row: Row) -> StackedRow:
    label, answers = row
    shares = answers.shares()
    if answers.is_small or shares is None:
        return StackedRow(label, (HIDDEN,) * len(FIELDS))
    return StackedRow(label, shares, _("n = %(number)d") % {"number": answers.total})


def _table(rows: list[Row]) -> Table:
    columns = (
        Column("group", _("Gruppe")),
        Column("answers", _("Antworten"), "integer"),
        Column("agree", _("Zustimmung"), "percent", 0),
        Column("interval", _("95-%-Intervall"), "percent_interval", 0),
    )
    return Table("zustimmung", _("Zustimmung nach Akteursgruppe"), columns, tuple(map(_cells, rows)))


def _cells(row: Row) -> tuple[Cell, ...]:
    label, answers = row
    shares, ends = answers.shares(), wilson(answers.agree, answers.total)
    if answers.is_small or shares is None or ends is None:
        return (label, *(HIDDEN,) * 3)
    return (label, answers.total, shares[0], Interval(*ends))
