"""What would change under other rules: one row per measure, one column per objection."""

from typing import Any

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen, column_key
from publishing.document import Paragraph, Section, TableBlock
from publishing.tables import Cell, Column, Interval, Table


def sensitivity_section(frozen: Frozen) -> Section | None:
    if not frozen.measures:
        return None
    text = _(
        "Die Tabelle zeigt den Rang jeder Maßnahme, wenn anders gerechnet wird. „Stabil“ heißt: Ob die Maßnahme zu den "
        "ersten %(top)d gehört, hängt von keiner dieser Rechenweisen ab."
    )
    blocks = (
        Paragraph(text % {"top": frozen.options["top"]}),
        TableBlock(_rules_table(frozen)),
        TableBlock(_weights_table(frozen)),
    )
    return Section(_("Was das Ergebnis ändern würde"), "empfindlichkeit", blocks)


def _rules_table(frozen: Frozen) -> Table:
    return Table(
        key="sensitivity",
        caption=_("Rang unter anderen Rechenweisen"),
        name=_("Rechenweisen"),
        columns=(
            Column("measure", _("Maßnahme")),
            Column("rank", _("Rang"), "integer"),
            Column("per_head", _("je Kopf"), "integer"),
            Column("majority_judgment", _("Mehrheitsurteil"), "integer"),
            Column("leave_one_out", _("ohne eine Gruppe"), "interval", 0),
            Column("rater_adjusted", _("ohne Strenge"), "integer"),
            Column("without_straight_liners", _("ohne gleiche Stufen"), "integer"),
            Column("first_ratings", _("erste Antwort"), "integer"),
            Column("stable", _("Stabil")),
        ),
        rows=tuple(_rules_row(frozen, measure) for measure in frozen.measures),
        notes=(
            _("Je Kopf: Jede Person zählt gleich. Mehrheitsurteil: Es zählt die mittlere Stufe statt des Mittelwerts."),
            _("Ohne eine Gruppe: bester und schlechtester Rang, wenn jeweils eine Akteursgruppe wegbleibt."),
            _("Ohne Strenge: bereinigt darum, dass manche strenger bewerten als andere."),
            _("Ohne gleiche Stufen: ohne Personen, die mindestens zehn Maßnahmen überall dieselbe Stufe gaben."),
        ),
    )


def _rules_row(frozen: Frozen, measure: dict[str, Any]) -> tuple[Cell, ...]:
    ranks = measure["sensitivity"]
    left_out = ranks["leave_one_out"]
    return (
        frozen.measure(measure["key"]),
        measure["rank"],
        ranks["per_head"],
        ranks["majority_judgment"],
        None if left_out is None else Interval(left_out[0], left_out[1]),
        ranks["rater_adjusted"],
        ranks["without_straight_liners"],
        ranks["first_ratings"],
        _("ja") if measure["stable"] else _("nein"),
    )


def _weights_table(frozen: Frozen) -> Table:
    alone = [
        Column(
            column_key("alone", key), _("Rang nur nach %(criterion)s") % {"criterion": frozen.criterion(key)}, "integer"
        )
        for key in frozen.criteria
    ]
    return Table(
        key="weights",
        caption=_("Rang unter anderen Gewichten der Kriterien"),
        name=_("Gewichte"),
        columns=(
            Column("measure", _("Maßnahme")),
            *alone,
            Column("expected_rank", _("Erwarteter Rang über alle Gewichte"), "decimal"),
            Column(
                "p_top", _("Unter den ersten %(top)d über alle Gewichte") % {"top": frozen.options["top"]}, "percent"
            ),
        ),
        rows=tuple(_weights_row(frozen, measure) for measure in frozen.measures),
        notes=(_("„Über alle Gewichte“: gemittelt über alle denkbaren Gewichte und den Zufall der Teilnahme."),),
    )


def _weights_row(frozen: Frozen, measure: dict[str, Any]) -> tuple[Cell, ...]:
    ranks = measure["sensitivity"]
    return (
        frozen.measure(measure["key"]),
        *(ranks["criterion_alone"][key] for key in frozen.criteria),
        ranks["criteria_weights"]["expected_rank"],
        ranks["criteria_weights"]["p_top"],
    )
