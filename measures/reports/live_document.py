"""The state of a round as one document: page and files are drawn from it. Small numbers are hidden here.

Only where a round shows its raters how others answer, it is told here too; in the order of the catalogue, never ranked.
"""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.domain.live_state import NOBODY
from measures.domain.steps import STEPS, step
from measures.models import Measure
from measures.reports.live_state import SMALLEST, Live, Missing
from measures.reports.suppression import shown_counts
from publishing import numbers
from publishing.charts.bars import BarRow, Bars
from publishing.charts.frame import Scale
from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.document import (
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
from publishing.tables import Cell, Column, Suppressed, Table
from stakeholders.models import Channel, StakeholderGroup

NONE, FEW, ENOUGH = 0, 1, 4
MOST_DAYS = 31


def document(live: Live, language: str) -> Document:
    with translation.override(language):
        sections = [_overview(live, language), _coverage(live)]
        if live.people:
            sections += [_participation(live), _progress(live, language), _unknown(live)]
        if live.people and live.round.shows_aggregates:
            sections.append(_answers(live))
        return Document(
            title=_("Stand der Runde: %(round)s") % {"round": live.round},
            subtitle=live.round.local_question,
            language=language,
            date=timezone.localtime(live.state.at).date(),
            sections=tuple(sections),
            publisher=_("ZukunftsWerkstatt INDUSTRIE, Projektbüro"),
            meta=_meta(live, language),
        )


def _meta(live: Live, language: str) -> tuple[tuple[str, str], ...]:
    closing = numbers.datetime_text(live.round.closes_at, language)
    pairs = [
        (_("Gezählt"), numbers.datetime_text(live.state.at, language)),
        (_("Ende der Runde"), closing),
        (
            _("Genug Stimmen hat eine Maßnahme"),
            _("mit je %(raters)d Stimmen aus %(groups)d Gruppen auf jedem Kriterium")
            % {"raters": live.round.min_raters, "groups": live.round.min_groups},
        ),
    ]
    required = [str(group) for group in live.groups if group.pk in live.required]
    if required:
        pairs.append((_("Gruppen, die nicht fehlen dürfen"), ", ".join(required)))
    return tuple(pairs)


def _overview(live: Live, language: str) -> Section:
    unknown = sum(live.unknown(measure)[0] for measure in live.measures)
    given = sum(live.unknown(measure)[1] for measure in live.measures)
    few = Suppressed(SMALLEST) if 0 < live.people < SMALLEST else None
    share = few or (_share(unknown, given) if given else None)
    figures = (
        KeyFigure("people", _("Bewertende"), few or live.people),
        KeyFigure("covered", _("Maßnahmen mit genug Stimmen"), live.covered),
        KeyFigure("measures", _("Maßnahmen in der Runde"), len(live.measures)),
        KeyFigure("unknown", _("Antworten „kann ich nicht beurteilen“"), share, "percent"),
    )
    text = _(
        "Gezählt ist, wer mindestens eine Frage beantwortet hat, auch mit „kann ich nicht beurteilen“. Die Zahlen sind "
        "höchstens eine Minute alt. Ein Ergebnis gibt es erst, wenn die Runde beendet und eingefroren ist."
    )
    blocks = (Paragraph(_sentence(live), lead=True), KeyFigures("figures", _("Die Runde in Zahlen"), figures))
    return Section(_("Auf einen Blick"), "ueberblick", (*blocks, Paragraph(text)))


def _sentence(live: Live) -> str:
    if not live.people:
        return _("Noch hat niemand geantwortet.")
    count = len(live.measures)
    if live.covered == count:
        return _("Alle Maßnahmen haben genug Stimmen für eine Priorisierung.")
    if not live.covered:
        return _("Noch hat keine Maßnahme genug Stimmen für eine Priorisierung.")
    text = _("%(covered)d von %(count)d Maßnahmen haben genug Stimmen für eine Priorisierung.")
    return text % {"covered": live.covered, "count": count}


def _coverage(live: Live) -> Section:
    rows = tuple(_coverage_row(live, measure) for measure in live.measures)
    table = Table(
        key="coverage",
        caption=_("Welche Maßnahme genug Stimmen hat und was noch fehlt"),
        columns=(
            Column("measure", _("Maßnahme")),
            Column("state", _("Stand")),
            Column("missing", _("Was fehlt")),
            Column("groups", _("Gruppen mit genug Stimmen"), "integer"),
        ),
        rows=rows,
        name=_("Abdeckung"),
        main=True,
    )
    return Section(_("Abdeckung"), "abdeckung", (TableBlock(table), HeatBlock(_voices(live))))


def _coverage_row(live: Live, measure: Measure) -> tuple[Cell, ...]:
    missing = live.missing(measure)
    state = _("noch zu wenige") if missing else _("genug")
    return str(measure), state, _words(missing), live.voiced(measure)


def _words(missing: Missing) -> str | None:
    names = [str(group) for group in missing.required]
    if missing.others:
        text = ngettext("%(count)d weitere Gruppe", "%(count)d weitere Gruppen", missing.others)
        names.append(text % {"count": missing.others})
    return ", ".join(names) or None


def _voices(live: Live) -> HeatTable:
    columns = tuple(HeatColumn(f"g-{group.key}", str(group)) for group in live.groups)
    rows = tuple(
        HeatRow(str(measure), tuple(_voice(live, measure, group) for group in live.groups)) for measure in live.measures
    )
    levels = (_("niemand"), _("noch zu wenige"), "", "", _("genug"))
    note = _(
        "Gezählt sind die Stimmen auf dem Kriterium mit den wenigsten Antworten; bei einer Stimme je Organisation "
        "zählen Kolleginnen und Kollegen zusammen einmal."
    )
    caption = _("Stimmen je Maßnahme und Akteursgruppe")
    return HeatTable(
        "voices", caption, _("Maßnahme"), columns, rows, levels, notes=(note,), name=_("Stimmen nach Gruppen")
    )


def _voice(live: Live, measure: Measure, group: StakeholderGroup) -> HeatCell:
    count = live.voices(measure, group)
    level = ENOUGH if live.has_voice(measure, group) else FEW if count else NONE
    if 0 < count < SMALLEST:
        return HeatCell(Suppressed(SMALLEST), None)
    return HeatCell(count, level)


def _participation(live: Live) -> Section:
    groups = {str(row): row.pk for row in live.groups}
    districts = {str(row): row.pk for row in live.districts}
    blocks = (
        _people(
            "participation-groups", _("Beteiligung nach Akteursgruppen"), _("Akteursgruppe"), groups, live, "group"
        ),
        _people("participation-districts", _("Beteiligung nach Kreisen"), _("Kreis"), districts, live, "district"),
        _channels(live),
    )
    return Section(_("Beteiligung"), "beteiligung", blocks)


def _people(key: str, caption: str, label: str, names: Mapping[str, Hashable], live: Live, trait: str) -> ChartBlock:
    counts = live.people_by(trait)
    people = {name: counts[value] for name, value in names.items()}
    if counts[NOBODY]:
        people[_("ohne Angabe")] = counts[NOBODY]
    shown = shown_counts(people, SMALLEST)
    alt = _("Ein Balken je Zeile zeigt, wie viele Personen bisher geantwortet haben. Die Zahlen stehen in der Tabelle.")
    return ChartBlock(key, caption, alt, _bars(list(shown.items()), label, _("Bewertende")))


def _channels(live: Live) -> TableBlock:
    counts = live.people_by("channel")
    shown = shown_counts({channel.value: counts[channel.value] for channel in Channel}, SMALLEST)
    rows = tuple((str(Channel(value).label), count) for value, count in shown.items() if count or value == Channel.WEB)
    columns = (Column("channel", _("Weg")), Column("people", _("Bewertende"), "integer"))
    caption = _("Auf welchem Weg die Antworten kamen")
    return TableBlock(Table("channels", caption, columns, rows, name=_("Wege")))


def _progress(live: Live, language: str) -> Section:
    days = _days(live)
    counts = live.people_by("day")
    people = {
        _span(days[start], days[end - 1], language): sum(counts[day] for day in days[start:end])
        for start, end in _spans(len(days))
    }
    shown = shown_counts(people, SMALLEST)
    alt = _("Ein Balken je Tag oder Woche zeigt, wie viele Personen da zum ersten Mal geantwortet haben.")
    label = _("Tag") if len(days) <= MOST_DAYS else _("Woche")
    caption = _("Wann Bewertende begonnen haben")
    chart = ChartBlock("progress", caption, alt, _bars(list(shown.items()), label, _("neue Bewertende")))
    return Section(_("Verlauf"), "verlauf", (chart,))


def _days(live: Live) -> list[date]:
    """From the opening, or the first answer if a round was opened later, to today or the last day of the round."""
    seen = [raters.day for raters in live.state.raters]
    first = min([timezone.localtime(live.round.opens_at).date(), *seen])
    last = min(timezone.localtime(live.state.at).date(), timezone.localtime(live.round.closes_at).date())
    last = max([last, first, *seen])
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _spans(days: int) -> list[tuple[int, int]]:
    """Single days of a short round, weeks of a long one."""
    size = 1 if days <= MOST_DAYS else 7
    return [(start, min(start + size, days)) for start in range(0, days, size)]


def _span(first: date, last: date, language: str) -> str:
    start, end = numbers.short_date(first, language), numbers.short_date(last, language)
    return start if first == last else f"{start} – {end}"


def _unknown(live: Live) -> Section:
    rows = [(str(measure), _unknown_share(live, measure)) for measure in live.measures]
    alt = _("Ein Balken je Maßnahme zeigt den Anteil der Antworten „kann ich nicht beurteilen“.")
    caption = _("Anteil der Antworten „kann ich nicht beurteilen“ je Maßnahme")
    bars = Bars(
        tuple(BarRow(name, share) for name, share in rows),
        Scale(0.0, 1.0, "percent", 0),
        _("Maßnahme"),
        _("Anteil"),
        tone="not",
    )
    text = _("Ein hoher Anteil spricht dafür, die Maßnahme besser zu erklären.")
    heading = _("Was viele nicht beurteilen können")
    return Section(heading, "unbekannt", (Paragraph(text), ChartBlock("unknown", caption, alt, bars)))


def _unknown_share(live: Live, measure: Measure) -> float | Suppressed | None:
    unknown, given = live.unknown(measure)
    if not given:
        return None
    return Suppressed(SMALLEST) if live.raters_of(measure) < SMALLEST else _share(unknown, given)


def _share(unknown: int, given: int) -> float | Suppressed:
    return Suppressed(SMALLEST) if 0 < unknown < SMALLEST else unknown / given


def _answers(live: Live) -> Section:
    columns = tuple(HeatColumn(f"c-{criterion.key}", str(criterion)) for criterion in live.criteria)
    rows = tuple(
        HeatRow(str(measure), tuple(_middle(live, measure, place) for place in range(len(live.criteria))))
        for measure in live.measures
    )
    levels = ("", *(f"{grade} {step(grade)}" for grade in range(1, len(STEPS) + 1)))
    heat = HeatTable("answers", _("Mittlere Antwort je Maßnahme und Kriterium"), _("Maßnahme"), columns, rows, levels)
    text = _(
        "Diese Runde zeigt allen, die eine Maßnahme bewertet haben, wie andere antworten; deshalb steht es auch hier: "
        "die Antwort in der Mitte, jede Person gleich gezählt. Das ist keine Priorisierung: Gruppen, Gewichte und "
        "Unsicherheit sind nicht eingerechnet, und bis zum Ende können sich alle noch umentscheiden."
    )
    return Section(_("Antworten bisher"), "antworten", (Note(text), HeatBlock(heat)))


def _middle(live: Live, measure: Measure, place: int) -> HeatCell:
    people, grade = live.middle(measure, live.criteria[place])
    if 0 < people < SMALLEST:
        return HeatCell(Suppressed(SMALLEST))
    return HeatCell(grade, grade)


def _bars(rows: Sequence[tuple[str, int | Suppressed]], label: str, value: str) -> Bars:
    largest = max((count for _name, count in rows if isinstance(count, int)), default=0)
    top = max(5, largest)
    return Bars(tuple(BarRow(name, count) for name, count in rows), Scale(0.0, float(top), "decimal", 0), label, value)
