"""Dissent: where people differ, inside the groups and between them, said plainly and as figures."""

from typing import Any

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen
from publishing.document import Block, BulletList, Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Suppressed, Table

SIGNIFICANT = 0.05
MOST_NAMED = 5


def dissent_section(frozen: Frozen) -> Section | None:
    if not frozen.measures:
        return None
    table = Table(
        key="dissent",
        caption=_("Wie uneinig die Bewertenden sind"),
        name=_("Uneinigkeit"),
        columns=(
            Column("measure", _("Maßnahme")),
            Column("polarisation", _("Polarisierung"), "decimal", 2),
            Column("eta2", _("Anteil zwischen den Gruppen"), "percent"),
        ),
        rows=tuple(_row(frozen, measure) for measure in frozen.measures),
        notes=(
            _("Polarisierung 0: alle einig. 1: die eine Hälfte vergibt 0, die andere 100 Punkte."),
            _("Der Anteil sagt, wie viel der Uneinigkeit zwischen den Gruppen liegt; der Rest liegt in ihnen."),
        ),
    )
    blocks: list[Block] = [*_between(frozen), *_within(frozen), TableBlock(table)]
    return Section(_("Widerspruch"), "widerspruch", tuple(blocks))


def _between(frozen: Frozen) -> list[Block]:
    """Measures whose groups differ by more than chance, the most clearly different first."""
    apart = [row for row in frozen.measures if row["gap"] and _is_small(row["gap"]["p"])]
    if not apart:
        return [Paragraph(_("Bei keiner Maßnahme unterscheiden sich die Gruppen mehr, als der Zufall erklärt."))]
    told = [_between_words(frozen, row) for row in sorted(apart, key=lambda row: row["gap"]["p"])[:MOST_NAMED]]
    text = _("Bei %(count)d von %(all)d Maßnahmen unterscheiden sich die Gruppen mehr, als der Zufall erklärt:")
    return [Paragraph(text % {"count": len(apart), "all": len(frozen.measures)}), BulletList(tuple(told))]


def _is_small(p: float | None) -> bool:
    return p is not None and p < SIGNIFICANT


def _between_words(frozen: Frozen, measure: dict[str, Any]) -> str:
    name, gap, hidden = frozen.measure(measure["key"]), measure["gap"], frozen.hidden(measure).groups
    if gap["high"] in hidden or gap["low"] in hidden:
        return _("„%(name)s“") % {"name": name}
    values = {"name": name, "high": frozen.group(gap["high"]), "low": frozen.group(gap["low"])}
    return _("„%(name)s“: am höchsten bewertet von %(high)s, am niedrigsten von %(low)s") % values


def _within(frozen: Frozen) -> list[Block]:
    known = [row for row in frozen.measures if row["polarisation"] is not None and not frozen.hidden(row).is_thin]
    if not known:
        return []
    names = [frozen.measure(row["key"]) for row in sorted(known, key=lambda row: -row["polarisation"])[:3]]
    quoted = ", ".join(_("„%(name)s“") % {"name": name} for name in names)
    return [
        Paragraph(_("Am weitesten gehen die einzelnen Bewertungen auseinander bei: %(names)s.") % {"names": quoted})
    ]


def _row(frozen: Frozen, measure: dict[str, Any]) -> tuple[Cell, ...]:
    """With share and polarisation the squares of the distances between the groups would be known, and with the score
    the means of two hidden groups."""
    hidden = frozen.hidden(measure)
    polarisation, eta2 = measure["polarisation"], measure["eta2"]
    if hidden.has_small_voice and eta2 is not None:
        eta2 = Suppressed(None)
    if hidden.is_thin and polarisation is not None:
        polarisation = Suppressed(frozen.min_cell)
    return (frozen.measure(measure["key"]), polarisation, eta2)
