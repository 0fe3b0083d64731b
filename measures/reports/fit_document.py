"""The fit as documents: all measures for data files, and sheets of one page for a measure and for a district."""

from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import Measure
from measures.reports.fit import Figure, Fit
from measures.reports.fit_drawing import district_map, heat_of_all, heat_of_district, heat_of_measure, table_of_all
from publishing import numbers
from publishing.document import Block, ChartBlock, Document, HeatBlock, Note, Paragraph, Section, TableBlock
from stakeholders.models import District

ROOM_ABOVE = 280
SUMMARY_IS_USEFUL = 60
"""Letters of title and summary together, so that a sheet stays one page; those of a title are larger."""


def document_of_all(fit: Fit, language: str) -> Document:
    with translation.override(language):
        sections = (
            Section(_("Maßnahmen und Kreise"), "ueberblick", (_about(), HeatBlock(heat_of_all(fit, Figure.OVERALL)))),
            Section(_("Alle Werte"), "alle-werte", (TableBlock(table_of_all(fit)),)),
        )
        return _document(_("Passfähigkeit der Maßnahmen in den Kreisen Sachsens"), "", language, sections)


def sheet_of_measure(fit: Fit, language: str) -> Document:
    """One page: the measure in all districts, as map and as table. `fit` holds the one measure."""
    (measure,) = fit.measures
    with translation.override(language):
        table = heat_of_measure(fit, 0)
        chart = district_map(fit, 0, linked=False)
        drawn = ChartBlock(chart.key, _("Passfähigkeit insgesamt, 0 bis 100 Punkte"), chart.alt, chart.chart, "fit")
        blocks: tuple[Block, ...] = (Paragraph(best_places(fit), lead=True), drawn, HeatBlock(table), _about())
        sections = (Section(_("Wie gut passt die Maßnahme zu den Kreisen?"), "passfaehigkeit", blocks),)
        return _document(str(measure), _shortened(measure), language, sections, compact=True)


def sheet_of_district(fit: Fit, language: str) -> Document:
    """One page with up to about twenty measures; more take a second one. `fit` holds the one district."""
    (district,) = fit.districts
    with translation.override(language):
        blocks: tuple[Block, ...] = (
            Paragraph(best_measures(fit), lead=True),
            HeatBlock(heat_of_district(fit, 0)),
            _about(),
        )
        heading = _("Wie gut passen die Maßnahmen zu diesem Kreis?")
        subtitle = _("Einschätzungen von Menschen, die den Kreis kennen")
        sections = (Section(heading, "passfaehigkeit", blocks),)
        return _document(str(district), subtitle, language, sections, compact=True)


def _shortened(measure: Measure) -> str:
    room = ROOM_ABOVE - 2 * len(str(measure))
    return Truncator(measure.local_summary).chars(room) if room > SUMMARY_IS_USEFUL else ""


def best_places(fit: Fit) -> str:
    """In a sentence where the one measure fits best and where least, as far as it is shown."""
    ranked = _ranked([(fit.shown(Figure.OVERALL, 0, column), place) for column, place in enumerate(fit.districts)])
    count = len(ranked)
    if not count:
        return _("Noch haben in keinem Kreis genug Menschen die Maßnahme eingeschätzt.")
    people = ngettext("%(number)s Einschätzung", "%(number)s Einschätzungen", fit.people)
    words = {"people": people % {"number": numbers.integer(fit.people, _language())}, "count": count}
    if count == 1:
        return _("%(people)s, genug in einem Kreis: %(best)s.") % {**words, "best": ranked[0]}
    text = _(
        "%(people)s, genug in %(count)d Kreisen. Am besten passt die Maßnahme in %(best)s, am wenigsten in %(last)s."
    )
    return text % {**words, "best": ranked[0], "last": ranked[-1]}


def best_measures(fit: Fit) -> str:
    """In a sentence which measure fits the one district best and which least, as far as it is shown."""
    ranked = _ranked([(fit.shown(Figure.OVERALL, row, 0), measure) for row, measure in enumerate(fit.measures)])
    count = len(ranked)
    if not count:
        return _("Noch haben für keine Maßnahme genug Menschen diesen Kreis eingeschätzt.")
    people = ngettext("%(number)s Einschätzung", "%(number)s Einschätzungen", fit.people)
    words = {"people": people % {"number": numbers.integer(fit.people, _language())}, "count": count}
    if count == 1:
        return _("%(people)s, genug zu einer Maßnahme: %(best)s.") % {**words, "best": ranked[0]}
    text = _("%(people)s, genug zu %(count)d Maßnahmen. Am besten passt %(best)s, am wenigsten %(last)s.")
    return text % {**words, "best": ranked[0], "last": ranked[-1]}


def meaning() -> str:
    return _(
        "Menschen, die den Kreis kennen, haben Bedarf, Bereitschaft, vorhandene Strukturen und Hindernisse in fünf "
        "Stufen eingeschätzt: 0 ist die unterste Stufe, 100 die oberste, mehr ist immer besser. „Insgesamt“ ist das "
        "Mittel der vier Fragen. Die Streuung (Standardabweichung) sagt, wie weit die Personen auseinanderliegen: "
        "bei 0 urteilen alle gleich, ab etwa 30 deutlich verschieden. Jede Person zählt je Maßnahme und Kreis einmal. "
        "Weniger als fünf werden nicht gezeigt, und Mittel enthalten nur, was gezeigt wird. Die Teilnahme ist "
        "freiwillig und nicht repräsentativ."
    )


def _about() -> Note:
    return Note(meaning(), _("Was die Zahlen bedeuten"))


def _ranked(values: list[tuple[object, Measure | District]]) -> list[str]:
    """Names with their figure, the best first; equals in the order of the catalogue."""
    told = [(value, thing) for value, thing in values if isinstance(value, float)]
    told.sort(key=lambda pair: -pair[0])
    return [f"{thing} ({numbers.decimal(value, _language(), 0)})" for value, thing in told]


def _document(
    title: str, subtitle: str, language: str, sections: tuple[Section, ...], *, compact: bool = False
) -> Document:
    source = _("Passfähigkeits-Check im Portal der ZukunftsWerkstatt INDUSTRIE, fortlaufend, Stand des Abrufs")
    return Document(
        title, language, timezone.localdate(), sections, subtitle,
        publisher=_("ZukunftsWerkstatt INDUSTRIE, Projektbüro"), meta=((_("Quelle"), source),), compact=compact,
    )  # fmt: skip


def _language() -> str:
    return translation.get_language() or "de"
