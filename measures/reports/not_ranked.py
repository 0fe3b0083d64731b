from django.utils.translation import gettext as _

from measures.reports.frozen import Frozen
from publishing.document import Block, Paragraph, Section, TableBlock
from publishing.tables import Column, Table


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
