"""The picture of the ranking: points with their intervals, and the ranks that are possible."""

import math
from typing import Any

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen
from publishing.charts.frame import Scale
from publishing.charts.intervals import IntervalPlot, IntervalRow, Status
from publishing.document import ChartBlock
from publishing.tables import Interval


def status_words() -> dict[str, str]:
    return {"secured": _("gesichert"), "possible": _("möglich"), "not": _("nicht")}


def rank_set(measure: dict[str, Any]) -> Interval | None:
    ends = measure["rank_set"]
    return None if ends is None else Interval(ends[0], ends[1])


def ranking_plot(frozen: Frozen) -> ChartBlock:
    first, last = frozen.measures[0], frozen.measures[-1]
    alt = _(
        "Die Punkte reichen von „%(first)s“ an erster bis „%(last)s“ an letzter Stelle, jeweils mit ihrem Intervall."
    )
    labels: tuple[tuple[Status, str], ...] = ()
    if frozen.has_certainty:
        words = status_words()
        labels = (("secured", words["secured"]), ("possible", words["possible"]), ("not", words["not"]))
    plot = IntervalPlot(
        rows=tuple(_row(frozen, measure) for measure in frozen.measures),
        scale=_scale(frozen),
        row_label=_("Maßnahme"),
        value_label=_("Punkte"),
        status_labels=labels,
    )
    names = {"first": frozen.measure(first["key"]), "last": frozen.measure(last["key"])}
    return ChartBlock("ranking-plot", _("Punkte mit Intervallen"), alt % names, plot, table_key="ranking")


def _row(frozen: Frozen, measure: dict[str, Any]) -> IntervalRow:
    interval = frozen.interval(measure)
    return IntervalRow(
        label=frozen.measure(measure["key"]),
        value=frozen.score(measure),
        interval=interval if isinstance(interval, Interval) else None,
        ranks=rank_set(measure),
        status=measure["status"] or "plain",
    )


def _scale(frozen: Frozen) -> Scale:
    """The tens around all points and intervals: differences are what the plot is for, and no bar starts at 0."""
    shown = [row for row in frozen.measures if not frozen.hidden(row).is_thin]
    ends = [end for row in shown for end in (row["score"], *(row["interval"] or ()))] or [0.0, 100.0]
    low = min(max(math.floor(min(ends) / 10) * 10, 0), 90)
    return Scale(low, min(max(math.ceil(max(ends) / 10) * 10, low + 10), 100))
