"""Who carried the result, without telling of anybody in particular, and what it cannot say."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.domain.rating_data import NO_ANSWER
from measures.reports.frozen import Frozen
from measures.reports.suppression import shown_counts
from publishing import numbers
from publishing.charts.district_map import DistrictMap, DistrictValue
from publishing.charts.levels import Steps
from publishing.document import Block, BulletList, ChartBlock, Paragraph, Section, TableBlock
from publishing.tables import Column, Suppressed, Table
from stakeholders.models import Channel

STEPS = Steps((1, 10, 50, 200, 1000))


def participation_section(frozen: Frozen) -> Section:
    participation = frozen.result["participation"]
    groups = _table(
        frozen,
        ("participation-groups", _("Beteiligung nach Akteursgruppen"), _("Gruppe")),
        {frozen.group(key): participation["by_group"][key] for key in frozen.groups}
        | _without(participation["by_group"]),
    )
    shown = shown_counts(participation["by_district"], frozen.min_cell)
    text = _("Gezählt sind Personen mit mindestens einer Bewertung. Angaben zu wenigen Personen werden nicht gezeigt.")
    blocks: list[Block] = [
        Paragraph(text),
        TableBlock(groups),
        _map(frozen, shown),
        TableBlock(_districts(frozen, shown)),
    ]
    if channels := _channels(frozen):
        blocks.append(TableBlock(channels))
    blocks += [Paragraph(_("Was diese Beteiligung nicht leistet:")), BulletList(_limits(frozen))]
    return Section(_("Beteiligung und ihre Grenzen"), "beteiligung", tuple(blocks))


def _without(counts: Mapping[str, int]) -> dict[str, int]:
    """People without group, if there are any."""
    return {_("ohne Angabe"): counts[NO_ANSWER]} if counts[NO_ANSWER] else {}


def _districts(frozen: Frozen, shown: Mapping[str, int | Suppressed]) -> Table:
    rows = [(frozen.district(key), shown[key]) for key in frozen.districts]
    if shown[NO_ANSWER]:
        rows.append((_("ohne Angabe"), shown[NO_ANSWER]))
    caption = _("Beteiligung nach Kreisen")
    columns = (Column("name", _("Kreis")), Column("raters", _("Bewertende"), "integer"))
    return Table(key="participation-districts", caption=caption, name=caption, columns=columns, rows=tuple(rows))


def _map(frozen: Frozen, shown: Mapping[str, int | Suppressed]) -> ChartBlock:
    drawn = DistrictMap(
        rows=tuple(
            DistrictValue(key, frozen.district(key), shown[key], STEPS.level(shown[key])) for key in frozen.districts
        ),
        levels=STEPS.labels(frozen.language),
        row_label=_("Kreis"),
        value_label=_("Bewertende"),
    )
    alt = _("Karte der Kreise Sachsens mit der Zahl der Bewertenden; dieselben Zahlen stehen in der Tabelle darunter.")
    caption = _("Bewertende nach Kreisen")
    return ChartBlock("participation-map", caption, alt, drawn, table_key="participation-districts")


def _channels(frozen: Frozen) -> Table | None:
    """How the answers came in, if any came by another way than the portal."""
    others: list[list[str | int]] = frozen.ranking.labels.get("channels", [])
    if not others:
        return None
    counts = {str(channel): int(count) for channel, count in others}
    names = {value: str(label) for value, label in Channel.choices}
    by_portal = max(int(frozen.result["participation"]["raters"]) - sum(counts.values()), 0)
    return _table(
        frozen,
        ("participation-channels", _("Beteiligung nach Wegen"), _("Weg")),
        {names[Channel.WEB]: by_portal} | {names.get(key, key): count for key, count in counts.items()},
    )


def _table(frozen: Frozen, names: tuple[str, str, str], counts: Mapping[str, int]) -> Table:
    key, caption, label = names
    return Table(
        key=key,
        caption=caption,
        name=caption,
        columns=(Column("name", label), Column("raters", _("Bewertende"), "integer")),
        rows=tuple(shown_counts(counts, frozen.min_cell).items()),
    )


def _limits(frozen: Frozen) -> tuple[str, ...]:
    limits = [
        _(
            "Die Teilnahme war freiwillig. Wer sich beteiligt, denkt womöglich anders als andere derselben Gruppe; "
            "das messen die Intervalle nicht."
        )
    ]
    by_group = frozen.result["participation"]["by_group"]
    absent = [frozen.group(key) for key in frozen.groups if not by_group[key]]
    if absent:
        limits.append(_("Nicht beteiligt haben sich: %(groups)s.") % {"groups": ", ".join(absent)})
    answers = frozen.ranking.labels.get("answers")
    if answers and answers["possible"]:
        share = numbers.percent(answers["given"] / answers["possible"], frozen.language, 0)
        limits.append(
            _(
                "Beantwortet sind %(share)s aller möglichen Fragen. Die übrigen wurden übersprungen oder waren nicht "
                "zu beurteilen."
            )
            % {"share": share}
        )
    if straight := _straight_liners(frozen):
        limits.append(straight)
    return tuple(limits)


def _straight_liners(frozen: Frozen) -> str:
    count = int(frozen.result["straight_liners"])
    if not count:
        return ""
    if count < frozen.min_cell:
        text = _("Weniger als %(count)d Personen gaben mindestens zehn Maßnahmen überall dieselbe Stufe.")
        return text % {"count": frozen.min_cell}
    text = ngettext(
        "%(count)d Person gab mindestens zehn Maßnahmen überall dieselbe Stufe.",
        "%(count)d Personen gaben mindestens zehn Maßnahmen überall dieselbe Stufe.",
        count,
    )
    return text % {"count": count}
