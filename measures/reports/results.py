"""The ranking itself, and what it is made of: groups and criteria."""

import math
from typing import Any

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen, column_key
from publishing.charts.frame import Scale
from publishing.charts.intervals import IntervalPlot, IntervalRow, Status
from publishing.document import Block, ChartBlock, Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Interval, Suppressed, Table


def status_words() -> dict[str, str]:
    return {"secured": _("gesichert"), "possible": _("möglich"), "not": _("nicht")}


def ranking_section(frozen: Frozen) -> Section | None:
    if not frozen.measures:
        return None
    top = frozen.options["top"]
    intro = _(
        "Jede Akteursgruppe hat die gleiche Stimme. 100 Punkte hieße: Alle geben überall die höchste Stufe, 0 Punkte: "
        "überall die niedrigste. Daneben steht das Ergebnis, wenn jede Person gleich viel zählt."
    )
    reading = _(
        "„Gesichert“ heißt: Auch im ungünstigsten Fall gehört die Maßnahme zu den ersten %(top)d. „Möglich“: Sie kann "
        "dazugehören. „Nicht“: Sie gehört auch im günstigsten Fall nicht dazu. Mögliche Ränge gelten für alle "
        "Maßnahmen zugleich."
    )
    blocks = (
        Paragraph(intro),
        Paragraph(reading % {"top": top}),
        _plot(frozen),
        TableBlock(_ranking_table(frozen)),
        TableBlock(_certainty_table(frozen)),
        TableBlock(_basis_table(frozen)),
    )
    return Section(_("Rangfolge"), "rangfolge", blocks)


def _plot(frozen: Frozen) -> ChartBlock:
    first, last = frozen.measures[0], frozen.measures[-1]
    alt = _(
        "Die Punkte reichen von „%(first)s“ an erster bis „%(last)s“ an letzter Stelle, jeweils mit ihrem Intervall."
    )
    labels: tuple[tuple[Status, str], ...] = ()
    if frozen.has_certainty:
        words = status_words()
        labels = (("secured", words["secured"]), ("possible", words["possible"]), ("not", words["not"]))
    plot = IntervalPlot(
        rows=tuple(_plot_row(frozen, measure) for measure in frozen.measures),
        scale=_scale(frozen),
        row_label=_("Maßnahme"),
        value_label=_("Punkte"),
        status_labels=labels,
    )
    names = {"first": frozen.measure(first["key"]), "last": frozen.measure(last["key"])}
    return ChartBlock("ranking-plot", _("Punkte mit Intervallen"), alt % names, plot, table_key="ranking")


def _scale(frozen: Frozen) -> Scale:
    """The tens around all points and intervals: differences are what the plot is for, and no bar starts at 0."""
    ends = [end for row in frozen.measures for end in (row["score"], *(row["interval"] or ()))]
    low = min(max(math.floor(min(ends) / 10) * 10, 0), 90)
    return Scale(low, min(max(math.ceil(max(ends) / 10) * 10, low + 10), 100))


def _plot_row(frozen: Frozen, measure: dict[str, Any]) -> IntervalRow:
    return IntervalRow(
        label=frozen.measure(measure["key"]),
        value=measure["score"],
        interval=_interval(measure["interval"]),
        ranks=_interval(measure["rank_set"]),
        status=measure["status"] or "plain",
    )


def _ranking_table(frozen: Frozen) -> Table:
    words = status_words()
    return Table(
        key="ranking",
        caption=_("Rangfolge der Maßnahmen"),
        name=_("Rangfolge"),
        columns=(
            Column("rank", _("Rang"), "integer"),
            Column("measure", _("Maßnahme")),
            Column("score", _("Punkte, gleiche Stimme je Gruppe"), "decimal"),
            Column("interval", _("Intervall"), "interval"),
            Column("ranks", _("Mögliche Ränge"), "interval", 0),
            Column("status", _("Unter den ersten %(top)d") % {"top": frozen.options["top"]}),
            Column("score_per_head", _("Punkte je Kopf"), "decimal"),
            Column("rank_per_head", _("Rang je Kopf"), "integer"),
        ),
        rows=tuple(
            (
                measure["rank"],
                frozen.measure(measure["key"]),
                measure["score"],
                _interval(measure["interval"]),
                _interval(measure["rank_set"]),
                words.get(measure["status"]),
                measure["score_per_head"],
                measure["rank_per_head"],
            )
            for measure in frozen.measures
        ),
        row_header="measure",
        main=True,
    )


def _certainty_table(frozen: Frozen) -> Table:
    return Table(
        key="certainty",
        caption=_("Wie sicher die Ränge sind"),
        name=_("Sicherheit"),
        columns=(
            Column("measure", _("Maßnahme")),
            Column("standard_error", _("Standardfehler der Punkte"), "decimal", 2),
            Column("p_top", _("Wahrscheinlichkeit der ersten %(top)d") % {"top": frozen.options["top"]}, "percent"),
            Column("expected_rank", _("Erwarteter Rang"), "decimal"),
        ),
        rows=tuple(
            (frozen.measure(row["key"]), row["standard_error"], row["p_top"], row["expected_rank"])
            for row in frozen.measures
        ),
    )


def _basis_table(frozen: Frozen) -> Table:
    return Table(
        key="basis",
        caption=_("Worauf die Punkte beruhen"),
        name=_("Grundlage"),
        columns=(
            Column("measure", _("Maßnahme")),
            Column("leverage", _("Einfluss einer Person"), "decimal", 2),
            Column("unknown", _("Kann ich nicht beurteilen"), "integer"),
            Column("voices", _("Gruppen mit Stimme"), "integer"),
        ),
        rows=tuple(_basis_row(frozen, measure) for measure in frozen.measures),
        notes=(
            _("Der Einfluss sagt, um wie viele Punkte eine einzige Person das Ergebnis höchstens verschieben kann."),
            _("„Kann ich nicht beurteilen“ zählt solche Antworten auf alle Fragen zu der Maßnahme."),
        ),
    )


def _basis_row(frozen: Frozen, measure: dict[str, Any]) -> tuple[Cell, ...]:
    voiced = [key for key, share in measure["groups"].items() if share["weight"] > 0]
    small = any(measure["groups"][key]["n"] < frozen.min_cell for key in voiced)
    unknown = frozen.unknown[measure["key"]]
    return (
        frozen.measure(measure["key"]),
        Suppressed(frozen.min_cell) if small else measure["leverage"],
        Suppressed(frozen.min_cell) if 0 < unknown < frozen.min_cell else unknown,
        len(voiced),
    )


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
        rows=tuple(_group_row(frozen, measure) for measure in frozen.measures),
    )
    text = _("So haben die Gruppen die Maßnahmen bewertet, jeweils auf der Skala von 0 bis 100 Punkten.")
    return Section(_("Ergebnis nach Gruppen"), "gruppen", (Paragraph(text), TableBlock(table)))


def _group_row(frozen: Frozen, measure: dict[str, Any]) -> tuple[Cell, ...]:
    hidden = frozen.hidden(measure)
    means = (hidden.get(key, measure["groups"][key]["mean"]) for key in frozen.groups)
    return (frozen.measure(measure["key"]), *means)


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
        rows=tuple(
            (
                frozen.measure(measure["key"]),
                *(measure["criteria"][key]["mean"] for key in frozen.criteria),
            )
            for measure in frozen.measures
        ),
    )
    text = _("Die Punkte einer Maßnahme sind das gewichtete Mittel dieser Werte.")
    return Section(_("Ergebnis nach Kriterien"), "kriterien", (Paragraph(text), TableBlock(table)))


def not_ranked_section(frozen: Frozen) -> Section | None:
    rows = frozen.result["not_ranked"]
    if not rows:
        return None
    reasons = {
        "no_ratings": _("keine Bewertung"),
        "incomplete_criteria": _("nicht auf allen Kriterien bewertet"),
        "required_group_missing": _("eine Gruppe, die nicht fehlen darf, hat zu wenige Bewertungen"),
        "too_few_groups": _("zu wenige Gruppen mit genug Bewertungen"),
    }
    required = frozen.options["required_groups"]
    table = Table(
        key="not-ranked",
        caption=_("Warum diese Maßnahmen keinen Rang haben"),
        name=_("Ohne Rang"),
        columns=(
            Column("measure", _("Maßnahme")),
            Column("reason", _("Grund")),
            Column("enough", _("Gruppen mit genug Bewertungen"), "integer"),
            Column("required", _("Es fehlen")),
        ),
        rows=tuple(
            (
                frozen.measure(row["key"]),
                reasons[row["reason"]],
                len(frozen.groups) - len(row["missing_groups"]),
                ", ".join(frozen.group(key) for key in row["missing_groups"] if key in required) or None,
            )
            for row in rows
        ),
        notes=(_("Unter „Es fehlen“ stehen Gruppen, ohne die keine Maßnahme einen Rang erhalten soll."),),
    )
    text = _("Diese Maßnahmen haben zu wenige Bewertungen. Das ist kein Urteil über sie.")
    blocks: tuple[Block, ...] = (Paragraph(text), TableBlock(table))
    return Section(_("Maßnahmen ohne Rang"), "ohne-rang", blocks)


def _interval(ends: list[float] | None) -> Interval | None:
    return None if ends is None else Interval(ends[0], ends[1])
