"""The ranking itself, how certain it is, and what it rests on."""

from typing import Any

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen
from measures.reports.ranking_plot import rank_set, ranking_plot, status_words
from publishing.document import Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Suppressed, Table


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
        ranking_plot(frozen),
        TableBlock(_ranking_table(frozen)),
        TableBlock(_certainty_table(frozen)),
        TableBlock(_basis_table(frozen)),
    )
    return Section(_("Rangfolge"), "rangfolge", blocks)


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
                frozen.score(measure),
                frozen.interval(measure),
                rank_set(measure),
                words.get(measure["status"]),
                frozen.score(measure, "score_per_head"),
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
        rows=tuple(_certainty_row(frozen, measure) for measure in frozen.measures),
    )


def _certainty_row(frozen: Frozen, measure: dict[str, Any]) -> tuple[Cell, ...]:
    error = measure["standard_error"] and frozen.score(measure, "standard_error")
    return (frozen.measure(measure["key"]), error, measure["p_top"], measure["expected_rank"])


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
    unknown = frozen.unknown[measure["key"]]
    return (
        frozen.measure(measure["key"]),
        Suppressed(frozen.min_cell) if frozen.hidden(measure).has_small_voice else measure["leverage"],
        Suppressed(frozen.min_cell) if 0 < unknown < frozen.min_cell else unknown,
        sum(share["weight"] > 0 for share in measure["groups"].values()),
    )
