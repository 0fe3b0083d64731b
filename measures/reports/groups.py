"""How the groups rated the measures, and what each of them contributes to the points."""

from typing import Any

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen, column_key
from publishing import numbers
from publishing.charts.frame import Scale
from publishing.charts.palette import SERIES
from publishing.charts.stacked import Series, StackedBars, StackedRow
from publishing.document import Block, ChartBlock, Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Suppressed, Table


def groups_section(frozen: Frozen) -> Section | None:
    """Means of small groups are hidden, also against computing them from the score."""
    if not frozen.measures:
        return None
    table = Table(
        key="groups",
        caption=_("Punkte nach Akteursgruppen"),
        name=_("Gruppen"),
        columns=(
            Column("measure", _("Maßnahme")),
            *(Column(column_key("group", key), frozen.group(key), "decimal", heat=(0, 100)) for key in frozen.groups),
        ),
        rows=tuple(_means(frozen, measure) for measure in frozen.measures),
    )
    text = _("So haben die Gruppen die Maßnahmen bewertet, jeweils auf der Skala von 0 bis 100 Punkten.")
    blocks: list[Block] = [Paragraph(text), TableBlock(table)]
    if voices := _voices(frozen):
        intro = _(
            "Jede Gruppe mit Stimme trägt den gleichen Teil ihres Mittels bei; zusammen ergeben die Beiträge die "
            "Punkte. Gezeichnet sind nur Maßnahmen, bei denen keine Angabe weniger Personen zu erkennen ist."
        )
        blocks += [Paragraph(intro), _contributions(frozen, voices)]
    return Section(_("Ergebnis nach Gruppen"), "gruppen", tuple(blocks))


def _means(frozen: Frozen, measure: dict[str, Any]) -> tuple[Cell, ...]:
    hidden = frozen.hidden(measure).groups
    means = (hidden.get(key, measure["groups"][key]["mean"]) for key in frozen.groups)
    return (frozen.measure(measure["key"]), *means)


def _voices(frozen: Frozen) -> list[str]:
    """Groups with a voice for at least one measure."""
    return [key for key in frozen.groups if any(row["groups"][key]["weight"] > 0 for row in frozen.measures)]


def _contributions(frozen: Frozen, voices: list[str]) -> ChartBlock:
    chart = StackedBars(
        series=tuple(
            Series(column_key("part", key), frozen.group(key), SERIES[frozen.groups.index(key) % len(SERIES)])
            for key in voices
        ),
        rows=tuple(_contribution(frozen, measure, voices) for measure in frozen.measures),
        scale=Scale(0, 100),
        row_label=_("Maßnahme"),
        note_label=_("Punkte"),
    )
    alt = _(
        "Je Maßnahme ein Balken aus den Beiträgen der Gruppen, in der Reihenfolge der Ränge. "
        "Seine Länge sind die Punkte."
    )
    return ChartBlock("contributions", _("Was die Gruppen zu den Punkten beitragen"), alt, chart)


def _contribution(frozen: Frozen, measure: dict[str, Any], voices: list[str]) -> StackedRow:
    hidden = frozen.hidden(measure).groups
    values = tuple(_part(measure["groups"][key], hidden.get(key)) for key in voices)
    score = frozen.score(measure)
    note = str(score) if isinstance(score, Suppressed) else numbers.decimal(score, frozen.language)
    return StackedRow(frozen.measure(measure["key"]), values, note)


def _part(share: dict[str, Any], hidden: Suppressed | None) -> float | Suppressed | None:
    if share["weight"] <= 0:
        return None
    return share["contribution"] if hidden is None else hidden


def criteria_section(frozen: Frozen) -> Section | None:
    if not frozen.measures:
        return None
    columns = [
        Column(column_key("mean", key), frozen.criterion(key), "decimal", heat=(0, 100)) for key in frozen.criteria
    ]
    table = Table(
        key="criteria",
        caption=_("Punkte nach Kriterien, gleiche Stimme je Gruppe"),
        name=_("Kriterien"),
        columns=(Column("measure", _("Maßnahme")), *columns),
        rows=tuple(_criteria(frozen, measure) for measure in frozen.measures),
    )
    text = _("Die Punkte einer Maßnahme sind das gewichtete Mittel dieser Werte.")
    return Section(_("Ergebnis nach Kriterien"), "kriterien", (Paragraph(text), TableBlock(table)))


def _criteria(frozen: Frozen, measure: dict[str, Any]) -> tuple[Cell, ...]:
    sign = Suppressed(frozen.min_cell) if frozen.hidden(measure).is_thin else None
    means = (measure["criteria"][key]["mean"] if sign is None else sign for key in frozen.criteria)
    return (frozen.measure(measure["key"]), *means)
