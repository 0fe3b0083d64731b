"""What moved from one version of a ranking to the next: ranks and status, not the figures behind them.

Between two versions there may be one person's answers: the difference of two scores would tell them.
"""

from typing import Any

from django.utils.translation import gettext as _

from measures.models import Ranking
from measures.reports.frozen import Frozen
from measures.reports.ranking_plot import status_words
from publishing.document import Block, Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Table


def changes_section(frozen: Frozen) -> Section | None:
    """None for the first version."""
    if frozen.ranking.version == 1:
        return None
    before = Ranking.objects.get(round=frozen.ranking.round_id, version=frozen.ranking.version - 1)
    earlier = Frozen(before, frozen.language)
    names = {"version": before.version, "note": frozen.ranking.note}
    blocks: list[Block] = [Paragraph(_("Gegenüber Fassung %(version)d: %(note)s") % names)]
    rows = _moved(earlier, frozen)
    if rows:
        blocks.append(TableBlock(_table(before.version, frozen.ranking.version, rows)))
    else:
        blocks.append(Paragraph(_("Kein Rang und kein Status einer Maßnahme hat sich dadurch geändert.")))
    return Section(_("Was sich geändert hat"), "aenderungen", tuple(blocks))


def _table(before: int, now: int, rows: list[tuple[Cell, ...]]) -> Table:
    earlier, later = (_("in Fassung %(version)d") % {"version": version} for version in (before, now))
    return Table(
        key="changes",
        caption=_("Geänderte Ränge"),
        name=_("Änderungen"),
        columns=(
            Column("measure", _("Maßnahme")),
            Column("rank_before", _("Rang %(where)s") % {"where": earlier}, "integer"),
            Column("rank", _("Rang %(where)s") % {"where": later}, "integer"),
            Column("status_before", _("Status %(where)s") % {"where": earlier}),
            Column("status", _("Status %(where)s") % {"where": later}),
        ),
        rows=tuple(rows),
    )


def _moved(before: Frozen, now: Frozen) -> list[tuple[Cell, ...]]:
    """Measures with another rank or status, also those with none in one of the versions, in the order of the new."""
    earlier, later = before.by_key, now.by_key
    titles = before.titles | now.titles
    order = [*later, *(key for key in earlier if key not in later)]
    moved: list[tuple[Cell, ...]] = []
    for key in order:
        was, is_now = _place(earlier.get(key)), _place(later.get(key))
        if was != is_now:
            moved.append((titles[key], was[0], is_now[0], was[1], is_now[1]))
    return moved


def _place(measure: dict[str, Any] | None) -> tuple[int | None, str | None]:
    return (None, None) if measure is None else (measure["rank"], status_words().get(measure["status"]))
