"""The annex: how it was computed, with which settings, and how anybody can check it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen
from publishing import numbers
from publishing.document import BulletList, Paragraph, Section, TableBlock
from publishing.tables import Column, Table


def method_section(frozen: Frozen) -> Section:
    blocks = (
        BulletList(steps(frozen.options, frozen.language)),
        TableBlock(_criteria_table(frozen)),
        TableBlock(_options_table(frozen)),
        Paragraph(_check(frozen)),
    )
    return Section(_("Methode"), "methode", blocks)


def steps(options: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """How a ranking is computed under these rules, in words; the same before the round as in its report."""
    values = {
        "min_raters": options["min_raters"],
        "min_groups": options["min_groups"],
        "min_cell": options["min_cell"],
        "top": options["top"],
        "draws": numbers.integer(options["draws"], language),
        "confidence": numbers.percent(options["confidence"], language, 0),
    }
    sentences = (
        _("Jede Antwort von 1 bis 5 zählt 0, 25, 50, 75 oder 100 Punkte. „Kann ich nicht beurteilen“ zählt nicht mit."),
        _("Je Gruppe und Kriterium wird das Mittel gebildet und mit den Gewichten der Kriterien verbunden."),
        _("Eine Gruppe hat eine Stimme, wenn für jedes Kriterium mindestens %(min_raters)d ihrer Antworten vorliegen."),
        _("Die Punkte einer Maßnahme sind das Mittel über die Gruppen mit Stimme: Jede Gruppe wiegt gleich viel."),
        _("Einen Rang gibt es ab %(min_groups)d Gruppen mit Stimme. Gleiche Punkte teilen den besseren Rang."),
        _("Die Intervalle umfassen %(confidence)s Sicherheit; sie folgen aus der Streuung innerhalb der Gruppen."),
        _("Mögliche Ränge gelten mit %(confidence)s Sicherheit für alle Maßnahmen zugleich, aus %(draws)s Ziehungen."),
        _("Angaben, hinter denen weniger als %(min_cell)d Personen stehen, werden nicht gezeigt."),
    )
    cap = (_("Personen derselben Organisation teilen sich in ihrer Gruppe eine Stimme."),)
    return tuple(step % values for step in sentences) + (cap if options["cap_organisations"] else ())


def _criteria_table(frozen: Frozen) -> Table:
    return Table(
        key="method-criteria",
        caption=_("Kriterien und Gewichte, veröffentlicht vor der Runde"),
        name=_("Kriterien und Gewichte"),
        columns=(
            Column("criterion", _("Kriterium")),
            Column("question", _("Frage")),
            Column("weight", _("Gewicht"), "percent", 2),
        ),
        rows=tuple(frozen.terms()),
    )


def _options_table(frozen: Frozen) -> Table:
    options = frozen.options
    required = ", ".join(frozen.group(key) for key in options["required_groups"]) or _("keine")
    rows: tuple[tuple[str, str, str], ...] = (
        ("min_raters", _("Mindestzahl der Antworten je Gruppe und Kriterium"), str(options["min_raters"])),
        ("min_groups", _("Mindestzahl der Gruppen"), str(options["min_groups"])),
        ("required_groups", _("Gruppen, die nicht fehlen dürfen"), required),
        ("top", _("Plätze an der Spitze"), str(options["top"])),
        ("cap_organisations", _("eine Stimme je Organisation"), _("ja") if options["cap_organisations"] else _("nein")),
        ("pool_below", _("gemeinsame Streuung unter so vielen je Gruppe"), str(options["pool_below"])),
        ("confidence", _("Sicherheit der Intervalle"), numbers.percent(options["confidence"], frozen.language, 0)),
        ("draws", _("Ziehungen"), numbers.integer(options["draws"], frozen.language)),
        ("seed", _("Startwert der Simulation"), str(options["seed"])),
        ("min_cell", _("kleinste gezeigte Zahl von Personen"), str(options["min_cell"])),
    )
    columns = (Column("option", _("Schlüssel")), Column("meaning", _("Einstellung")), Column("value", _("Wert")))
    return Table(
        key="options",
        caption=_("Einstellungen"),
        name=_("Einstellungen"),
        columns=columns,
        rows=rows,
        row_header="meaning",
    )


def _check(frozen: Frozen) -> str:
    text = _(
        "Das Ergebnis ist eingefroren. Die Prüfsumme %(hash)s gehört zu den anonymen Eingangsdaten und den "
        "Einstellungen: Wer dieselben Daten noch einmal rechnet, erhält dieselbe Prüfsumme und dieselben Zahlen. "
        "Gerechnet hat %(software)s."
    )
    return text % {"hash": frozen.ranking.hash, "software": frozen.result["software"]}
