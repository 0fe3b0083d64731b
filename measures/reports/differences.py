"""Where the groups differ, and how much alike they order the measures."""

from typing import Any

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen
from publishing import numbers
from publishing.document import Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Suppressed, Table


def differences_section(frozen: Frozen) -> Section | None:
    if not frozen.measures:
        return None
    table = Table(
        key="differences",
        caption=_("Unterschiede zwischen den Gruppen"),
        name=_("Unterschiede"),
        columns=(
            Column("measure", _("Maßnahme")),
            Column("gap", _("Abstand in Punkten"), "decimal"),
            Column("high", _("höchste Punkte")),
            Column("low", _("niedrigste Punkte")),
            Column("p", _("p-Wert, angepasst"), "decimal", 3),
        ),
        rows=tuple(_row(frozen, measure) for measure in frozen.measures),
        notes=(_("Ein kleiner p-Wert spricht dafür, dass die Gruppen wirklich verschieden denken."),),
    )
    return Section(
        _("Unterschiede zwischen Gruppen"), "unterschiede", (Paragraph(_agreement(frozen)), TableBlock(table))
    )


def _agreement(frozen: Frozen) -> str:
    w = frozen.result["kendall_w"]
    if w is None:
        return _("Wie ähnlich die Gruppen die Maßnahmen ordnen, lässt sich aus diesen Bewertungen nicht sagen.")
    text = _(
        "Wie ähnlich die Gruppen die Maßnahmen ordnen, sagt Kendalls W: %(w)s. 1: alle gleich; 0: ganz verschieden."
    )
    return text % {"w": numbers.decimal(w, frozen.language, 2)}


def _row(frozen: Frozen, measure: dict[str, Any]) -> tuple[Cell, ...]:
    """With a hidden group among the two, their distance would tell its mean."""
    name, gap = frozen.measure(measure["key"]), measure["gap"]
    if gap is None:
        return (name, None, None, None, None)
    hidden = frozen.hidden(measure).groups
    if gap["high"] in hidden or gap["low"] in hidden:
        sign = Suppressed(None)
        return (name, sign, sign, sign, gap["p"])
    return (name, gap["value"], frozen.group(gap["high"]), frozen.group(gap["low"]), gap["p"])
