"""The figures over many theses as a document: page, CSV and JSON are written from it and say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.charts.bars import BarRow, Bars
from publishing.charts.frame import Scale
from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.charts.levels import Steps
from publishing.document import (
    Block,
    ChartBlock,
    Document,
    HeatBlock,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Section,
    TableBlock,
)
from publishing.tables import Cell, Column, Interval, Suppressed, Table
from stakeholders.models import StakeholderGroup
from theses.domain.common_ground import Label
from theses.domain.opinions import SMALLEST_CELL
from theses.models import OpinionResult, Thesis
from theses.permissions import Visitor, may_see_shares
from theses.reports.labels import NAMES
from theses.reports.opinion_map import opinion_map_section

HIDDEN = Suppressed(SMALLEST_CELL)
MOST_TOLD = 10
MOST_DRAWN = 1
STEPS = Steps((0.0, 0.2, 0.4, 0.6, 0.8), kind="percent")


@dataclass(frozen=True, slots=True)
class Told:
    """A thesis whose figures the visitor may see, with what is stored of it."""

    thesis: Thesis
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`told` in the order of answers, most first; `waiting` theses keep their figures for now."""

    result: OpinionResult
    told: tuple[Told, ...]
    waiting: int
    rows: tuple[str, ...]
    """Names of the rows of cells."""

    groups: OpinionResult | None

    def told_of(self, keys: Sequence[int]) -> list[Told]:
        by_key = {told.thesis.pk: told for told in self.told}
        return [by_key[key] for key in keys if key in by_key]


def read(result: OpinionResult, visitor: Visitor, groups: OpinionResult | None) -> Evaluation:
    """What this visitor may see: of each thesis what its own page shows them, and nothing of one with small cells only.

    Closed theses and those that do not hide their shares are for everybody; an open one that hides them is only for
    those who have answered it, and for those who conduct the process.
    """
    figures = {row["thesis"]: row for row in result.result.get("theses", []) if row["answers"] >= SMALLEST_CELL}
    theses = (
        Thesis.objects.published()
        .filter(pk__in=list(figures))
        .only("sentence", "slug", "text_language", "state", "hides_shares", "published_at")
    )
    answered: set[int] = set()
    if visitor.is_authenticated:
        answered = set(visitor.stances.filter(thesis__in=list(figures)).values_list("thesis", flat=True))
    told, waiting = [], 0
    for thesis in theses:
        if may_see_shares(visitor, thesis, has_stance=thesis.pk in answered):
            told.append(Told(thesis, figures[thesis.pk]))
        else:
            waiting += 1
    told.sort(key=lambda row: (-row.figures["answers"], row.thesis.pk))
    names = {group.pk: str(group) for group in StakeholderGroup.objects.all()}
    rows = (*(names.get(key, "–") for key in result.result.get("groups", [])), _("ohne Angabe"), _("kleine Gruppen"))
    return Evaluation(result, tuple(told), waiting, rows, groups)


def build(evaluation: Evaluation, language: str, *, heat: Sequence[Told], title: str = "", cells: bool) -> Document:
    """`heat` are the theses of the tinted table. `cells` adds the table of every cell, for files."""
    with translation.override(language):
        sections = [
            _overview(evaluation),
            _ranked(evaluation, "bridges"),
            _ranked(evaluation, "divides"),
            _heat(evaluation, heat),
        ]
        if evaluation.groups:
            found = evaluation.groups.result
            sections.append(
                opinion_map_section(found, evaluation.rows, {t.thesis.pk: t.thesis for t in evaluation.told})
            )
        if cells:
            sections.append(Section(_("Alle Werte"), "alle-werte", (TableBlock(_cells(evaluation)),)))
        day = timezone.localdate(evaluation.result.computed_at)
        return Document(title or _("Auswertung der Thesen"), language, day, tuple(sections))


def _overview(evaluation: Evaluation) -> Section:
    labels = [told.figures["label"] for told in evaluation.told]
    figures = [
        KeyFigure("theses", _("gezeigte Thesen"), len(evaluation.told)),
        KeyFigure("consensus", _("mit Konsens"), sum(label.startswith("consensus") for label in labels)),
        KeyFigure("divided", _("strittig"), sum(label.startswith("divided") for label in labels)),
    ]
    people = evaluation.result.result.get("people")
    if people is not None:
        shown = HIDDEN if people < SMALLEST_CELL else people
        figures.insert(0, KeyFigure("people", _("Teilnehmende"), shown))
    blocks: list[Block] = [KeyFigures("zahlen", _("Die Auswertung in Zahlen"), tuple(figures))]
    if evaluation.waiting:
        text = ngettext(
            "%(number)d weitere These ist noch offen. Ihr Ergebnis erscheint hier, sobald Sie selbst Haltung bezogen "
            "haben oder die These abgeschlossen ist, damit sich niemand mitziehen lässt.",
            "%(number)d weitere Thesen sind noch offen. Ihr Ergebnis erscheint hier, sobald Sie selbst Haltung bezogen "
            "haben oder die These abgeschlossen ist, damit sich niemand mitziehen lässt.",
            evaluation.waiting,
        )
        blocks.append(Paragraph(text % {"number": evaluation.waiting}))
    caution = _(
        "Die Teilnahme ist freiwillig und nicht repräsentativ für Sachsen. Die Intervalle sagen mit 95 % Sicherheit, "
        "wie stark sich ein Anteil ändern könnte, wenn andere Menschen derselben Art geantwortet hätten. Eine Gruppe "
        "hat ab zehn Antworten eine Stimme; weniger als fünf Antworten werden nicht gezeigt. „weiß nicht“ und "
        "„neutral“ zählen als Antwort ohne Zustimmung."
    )
    blocks.append(Note(caution, _("Wie belastbar ist das?"), "warning"))
    return Section(_("Auf einen Blick"), "ueberblick", tuple(blocks))


def _ranked(evaluation: Evaluation, kind: str) -> Section:
    """Bridges or divides: a table of the first ones, and the groups of the very first as charts."""
    told = evaluation.told_of(evaluation.result.result.get(kind, []))[:MOST_TOLD]
    is_bridge = kind == "bridges"
    heading = _("Was verbindet") if is_bridge else _("Was trennt")
    anchor = "verbindet" if is_bridge else "trennt"
    if not told:
        empty = (
            _("Noch hält keine gezeigte These in jeder Gruppe eine Mehrheit.")
            if is_bridge
            else _("Keine gezeigte These ist klar strittig.")
        )
        return Section(heading, anchor, (Paragraph(empty),))
    text = (
        _("Thesen, bei denen jede Gruppe mit genug Antworten mehrheitlich zustimmt oder mehrheitlich ablehnt.")
        if is_bridge
        else _("Zuerst die Thesen, bei denen Gruppen am weitesten auseinanderliegen, dann die in sich strittigen.")
    )
    table = TableBlock(_ranking(evaluation, told, kind))
    charts = [_chart(evaluation, row, f"{kind}-{number}") for number, row in enumerate(told[:MOST_DRAWN], start=1)]
    return Section(heading, anchor, (Paragraph(text), table, *charts))


def _ranking(evaluation: Evaluation, told: list[Told], kind: str) -> Table:
    columns = (
        Column("thesis", _("These")),
        Column("label", _("Einordnung")),
        Column("equal_voice", _("Zustimmung, jede Gruppe zählt gleich"), "percent", 0),
        Column("per_head", _("Zustimmung je Kopf"), "percent", 0),
        Column("floor", _("mindestens in jeder Gruppe"), "percent", 0)
        if kind == "bridges"
        else Column("between", _("Abstand der Gruppen"), "percent", 0),
    )
    rows = tuple(
        (row.thesis.sentence, _name(row), row.figures["equal_voice"], row.figures["per_head"], _last(row, kind))
        for row in told
    )
    notes: tuple[str, ...] = ()
    if kind == "bridges":
        notes = (
            _("Mindestens dieser Anteil stimmt in jeder Gruppe zu oder lehnt in jeder Gruppe ab (Sicherheit 95 %)."),
        )
    return Table(kind, _("Was verbindet") if kind == "bridges" else _("Was trennt"), columns, rows, notes)


def _last(row: Told, kind: str) -> Cell:
    if kind == "divides":
        return row.figures["between"]["value"] if row.figures["between"] else None
    rejected = row.figures["label"] == Label.CONSENSUS_REJECT
    floor: float | None = row.figures["floor_rejection" if rejected else "floor"]
    return floor


def _name(row: Told) -> str:
    return str(NAMES[Label(row.figures["label"])])


def _chart(evaluation: Evaluation, told: Told, key: str) -> ChartBlock:
    rows = tuple(
        BarRow(name, HIDDEN if cell == "small" else cell["share"], None if cell == "small" else _ends(cell))
        for name, cell in zip(evaluation.rows, told.figures["cells"], strict=True)
        if cell is not None
    )
    bars = Bars(rows, Scale(0, 1, "percent", 0), _("Gruppe"), _("Zustimmung"), "agree")
    alt = _(
        "Ein Balken für jede Gruppe mit dem Anteil, der zustimmt, und seinem 95-%%-Intervall. Einordnung: %(label)s."
    )
    return ChartBlock(key, f"„{told.thesis.sentence}“", alt % {"label": _name(told)}, bars)


def _heat(evaluation: Evaluation, told: Sequence[Told]) -> Section:
    if not told:
        text = _("Noch gibt es keine These, deren Ergebnis hier gezeigt werden kann.")
        return Section(_("Thesen und Gruppen"), "gruppen", (Paragraph(text),))
    shown = [
        place for place in range(len(evaluation.rows)) if any(row.figures["cells"][place] is not None for row in told)
    ]
    columns = tuple(HeatColumn(f"g{place}", evaluation.rows[place]) for place in shown)
    rows = tuple(
        HeatRow(
            row.thesis.sentence,
            tuple(_heat_cell(row.figures["cells"][place]) for place in shown),
            row.figures["equal_voice"],
            row.thesis.get_absolute_url(),
        )
        for row in told
    )
    table = HeatTable(
        "anteile", _("Zustimmung je These und Gruppe"), _("These"), columns, rows, _levels(),
        "percent", 0, total_label=_("jede Gruppe zählt gleich"), name=_("Anteile"),
    )  # fmt: skip
    return Section(_("Thesen und Gruppen"), "gruppen", (HeatBlock(table),))


def _levels() -> tuple[str, ...]:
    return STEPS.labels(translation.get_language() or "de")


def _heat_cell(cell: Any) -> HeatCell:
    if cell is None or cell == "small":
        return HeatCell(None if cell is None else HIDDEN)
    return HeatCell(cell["share"], STEPS.level(cell["share"]))


def _cells(evaluation: Evaluation) -> Table:
    """One row for each thesis and group with answers."""
    columns = (
        Column("thesis", _("Nummer der These"), "integer"),
        Column("sentence", _("These")),
        Column("label", _("Einordnung")),
        Column("group", _("Gruppe")),
        Column("answers", _("Antworten"), "integer"),
        Column("agree", _("Zustimmung"), "integer"),
        Column("passed", _("neutral oder weiß nicht"), "integer"),
        Column("disagree", _("Ablehnung"), "integer"),
        Column("share", _("Anteil Zustimmung"), "percent", 0),
        Column("interval", _("95-%-Intervall"), "percent_interval", 0),
    )
    rows = tuple(
        (told.thesis.pk, told.thesis.sentence, _name(told), name, *_numbers(cell))
        for told in evaluation.told
        for name, cell in zip(evaluation.rows, told.figures["cells"], strict=True)
        if cell is not None
    )
    return Table("werte", _("Alle Werte"), columns, rows, row_header="sentence", main=True)


def _numbers(cell: Any) -> tuple[Cell, ...]:
    if cell == "small":
        return (HIDDEN,) * 6
    total = cell["agree"] + cell["passed"] + cell["disagree"]
    return (total, cell["agree"], cell["passed"], cell["disagree"], cell["share"], _ends(cell))


def _ends(cell: dict[str, Any]) -> Interval:
    return Interval(cell["low"], cell["high"])
