"""Who carried the result, without telling of anybody in particular."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen
from measures.reports.suppression import shown_counts
from publishing.document import Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Table

NONE = "none"


def participation_section(frozen: Frozen) -> Section:
    participation = frozen.result["participation"]
    groups = _table(
        frozen, "participation-groups", _("Beteiligung nach Akteursgruppen"), participation["by_group"], frozen.group
    )
    districts = _table(
        frozen, "participation-districts", _("Beteiligung nach Kreisen"), participation["by_district"], frozen.district
    )
    text = _("Gezählt sind Personen mit mindestens einer Bewertung. Angaben zu wenigen Personen werden nicht gezeigt.")
    return Section(_("Beteiligung"), "beteiligung", (Paragraph(text), TableBlock(groups), TableBlock(districts)))


def _table(frozen: Frozen, key: str, caption: str, counts: Mapping[str, int], name: Callable[[str], str]) -> Table:
    shown = shown_counts(counts, frozen.min_cell)
    rows: list[tuple[Cell, ...]] = [(name(row), shown[row]) for row in counts if row != NONE]
    if counts[NONE]:
        rows.append((_("ohne Angabe"), shown[NONE]))
    columns = (
        Column("name", _("Gruppe") if "groups" in key else _("Kreis")),
        Column("raters", _("Bewertende"), "integer"),
    )
    return Table(key=key, caption=caption, name=caption, columns=columns, rows=tuple(rows))
