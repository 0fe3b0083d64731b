"""How probable each rank is for each measure."""

from typing import Any

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen
from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.charts.levels import Steps
from publishing.document import HeatBlock, Paragraph, Section

MOST_RANKS = 12
STEPS = Steps((0.01, 0.1, 0.25, 0.5, 0.75), "percent")


def acceptability_section(frozen: Frozen) -> Section | None:
    """The first ranks one by one, and all further ones together where there are more than fit side by side."""
    if not frozen.measures or not frozen.has_certainty:
        return None
    count = len(frozen.measures)
    single = count if count <= MOST_RANKS else MOST_RANKS - 1
    columns = [HeatColumn(f"rank_{rank}", str(rank)) for rank in range(1, single + 1)]
    if single < count:
        columns.append(HeatColumn(f"rank_{single + 1}_on", _("ab %(rank)d") % {"rank": single + 1}))
    heat = HeatTable(
        key="acceptability",
        caption=_("Wahrscheinlichkeit jedes Ranges"),
        row_label=_("Maßnahme"),
        columns=tuple(columns),
        rows=tuple(_row(frozen, measure, single) for measure in frozen.measures),
        levels=STEPS.labels(frozen.language),
        kind="percent",
        notes=(_("Jede Zeile ergibt zusammen 100 Prozent, bis auf das Runden."),),
        name=_("Rangwahrscheinlichkeit"),
    )
    text = _(
        "So wahrscheinlich ist jeder Rang, wenn andere Menschen derselben Art teilgenommen hätten. Je breiter sich "
        "eine Zeile verteilt, desto weniger sagt der einzelne Rang."
    )
    return Section(_("Wie wahrscheinlich jeder Rang ist"), "rangwahrscheinlichkeit", (Paragraph(text), HeatBlock(heat)))


def _row(frozen: Frozen, measure: dict[str, Any], single: int) -> HeatRow:
    shares = list(measure["rank_acceptability"])
    if single < len(shares):
        shares = [*shares[:single], min(1.0, sum(shares[single:]))]
    cells = tuple(HeatCell(share, STEPS.level(share)) for share in shares)
    return HeatRow(frozen.measure(measure["key"]), cells)
