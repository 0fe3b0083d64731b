"""Who carried the result, without telling of anybody in particular."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from measures.domain.rating_data import NO_ANSWER
from measures.reports.frozen import Frozen
from measures.reports.suppression import shown_counts
from publishing.document import Paragraph, Section, TableBlock
from publishing.tables import Column, Table


def participation_section(frozen: Frozen) -> Section:
    participation = frozen.result["participation"]
    by_group = {frozen.group(key): participation["by_group"][key] for key in frozen.groups}
    by_district = {frozen.district(key): participation["by_district"][key] for key in frozen.districts}
    groups = _table(
        frozen,
        ("participation-groups", _("Beteiligung nach Akteursgruppen"), _("Gruppe")),
        by_group | _without(participation["by_group"]),
    )
    districts = _table(
        frozen,
        ("participation-districts", _("Beteiligung nach Kreisen"), _("Kreis")),
        by_district | _without(participation["by_district"]),
    )
    text = _("Gezählt sind Personen mit mindestens einer Bewertung. Angaben zu wenigen Personen werden nicht gezeigt.")
    return Section(_("Beteiligung"), "beteiligung", (Paragraph(text), TableBlock(groups), TableBlock(districts)))


def _without(counts: Mapping[str, int]) -> dict[str, int]:
    """People without group or district, if there are any."""
    return {_("ohne Angabe"): counts[NO_ANSWER]} if counts[NO_ANSWER] else {}


def _table(frozen: Frozen, names: tuple[str, str, str], counts: Mapping[str, int]) -> Table:
    key, caption, label = names
    shown = shown_counts(counts, frozen.min_cell)
    return Table(
        key=key,
        caption=caption,
        name=caption,
        columns=(Column("name", label), Column("raters", _("Bewertende"), "integer")),
        rows=tuple(shown.items()),
    )
