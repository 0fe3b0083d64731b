"""Opinion groups as a section: only if they are no chance and stable, always against the declared groups."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.charts.bubbles import Bubble, BubbleMap
from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.charts.levels import Steps
from publishing.document import Block, BulletList, ChartBlock, HeatBlock, Paragraph, Section
from publishing.numbers import percent
from publishing.tables import Suppressed
from theses.domain.opinion_groups import SHUFFLES, SUBSAMPLES, Doubt
from theses.domain.opinions import SMALLEST_CELL
from theses.models import Thesis

HIDDEN = Suppressed(SMALLEST_CELL)
STEPS = Steps((1, 5, 20, 50, 100))


def opinion_map_section(found: dict[str, Any], rows: Sequence[str], theses: Mapping[int, Thesis]) -> Section:
    """`theses`: those whose figures the visitor may see; others are not named as typical of a group."""
    heading, anchor = _("Meinungsgruppen"), "meinungsgruppen"
    if found["doubt"]:
        return Section(heading, anchor, (Paragraph(_reason(Doubt(found["doubt"]))),))
    text = _(
        "Menschen, die ähnlich antworten, stehen auf der Karte nah beieinander. Die Gruppen sind deutlicher, als es "
        "der Zufall erzeugt, und bleiben gleich, wenn ein Fünftel der Menschen fehlt. Sie haben kein Gewicht in der "
        "Auswertung."
    )
    blocks: list[Block] = [
        Paragraph(text),
        *_gate(found),
        _map(found["groups"]),
        HeatBlock(_crossed(found["groups"], rows)),
    ]
    for number, group in enumerate(found["groups"], start=1):
        typical = [(theses[row["thesis"]], row["more"]) for row in group["typical"] if row["thesis"] in theses]
        if typical:
            blocks.append(Paragraph(_("Typisch für Meinungsgruppe %(number)d:") % {"number": number}))
            blocks.append(BulletList(tuple(_typical(thesis, more=more) for thesis, more in typical)))
    return Section(heading, anchor, tuple(blocks))


def _reason(doubt: Doubt) -> str:
    if doubt == Doubt.TOO_FEW_PEOPLE:
        return _("Für Meinungsgruppen haben noch zu wenige Menschen auf genug Thesen geantwortet.")
    return _("Keine stabilen Meinungsgruppen erkennbar.")


def _gate(found: dict[str, Any]) -> list[Paragraph]:
    """How sure the groups are; results stored before these figures were kept have none."""
    if found.get("p") is None or found.get("stability") is None:
        return []
    language = get_language() or "de"
    text = _(
        "Wahrscheinlichkeit, dass der Zufall so deutliche Gruppen erzeugt: höchstens %(p)s (aus %(shuffles)d "
        "zufälligen Mischungen der Antworten). Übereinstimmung der Gruppen in %(subsamples)d Stichproben: "
        "%(stability)s."
    )
    facts = {"p": percent(found["p"], language, 0), "stability": percent(found["stability"], language, 0)}
    return [Paragraph(text % {**facts, "shuffles": SHUFFLES, "subsamples": SUBSAMPLES})]


def _map(groups: list[dict[str, Any]]) -> ChartBlock:
    bubbles = tuple(
        Bubble(_name(number), group["size"] or HIDDEN, *(group["centre"] or (None, None)))
        for number, group in enumerate(groups, start=1)
    )
    alt = _(
        "%(number)d Kreise. Je größer ein Kreis, desto mehr Menschen; je weiter entfernt, desto anders die Antworten."
    )
    chart = BubbleMap(bubbles, _("Meinungsgruppe"), _("Menschen"))
    return ChartBlock("karte", _("Karte der Meinungsgruppen"), alt % {"number": len(groups)}, chart)


def _crossed(groups: list[dict[str, Any]], rows: Sequence[str]) -> HeatTable:
    shown = [place for place in range(len(rows)) if any(group["declared"][place] != 0 for group in groups)]
    columns = tuple(HeatColumn(f"g{place}", rows[place]) for place in shown)
    cells = tuple(
        HeatRow(_name(number), tuple(_cell(group["declared"][place]) for place in shown))
        for number, group in enumerate(groups, start=1)
    )
    labels = STEPS.labels(get_language() or "de")
    caption = _("Meinungsgruppen und Akteursgruppen, Zahl der Menschen")
    return HeatTable("kreuztabelle", caption, _("Meinungsgruppe"), columns, cells, labels)


def _cell(people: int | None) -> HeatCell:
    return HeatCell(HIDDEN) if people is None else HeatCell(people, STEPS.level(people))


def _name(number: int) -> str:
    return _("Meinungsgruppe %(number)d") % {"number": number}


def _typical(thesis: Thesis, *, more: bool) -> str:
    text = _("stimmt häufiger zu: %(thesis)s") if more else _("stimmt seltener zu: %(thesis)s")
    return text % {"thesis": thesis.sentence}
