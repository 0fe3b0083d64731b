"""The fit as tinted tables, map and table of all cells. A figure that has no tint of its own (people, spread beside
means) stands in a blank cell."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from measures.reports.fit import MEANS, OF_QUESTIONS, Figure, Fit, number, steps
from publishing.charts.district_map import DistrictMap, DistrictValue
from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.document import ChartBlock
from publishing.tables import Cell, Column, Suppressed, Table, cell_text
from stakeholders.address import address
from stakeholders.models import District

ACROSS = (Figure.PEOPLE, Figure.OVERALL, Figure.SPREAD, *OF_QUESTIONS)
"""The columns of the table of one measure or one district."""

PANEL = (Figure.OVERALL, Figure.SPREAD, Figure.PEOPLE)


def district_address(district: District) -> str:
    return address("measures:fit_district", district.key)


def heat_of_all(fit: Fit, figure: Figure) -> HeatTable:
    """Measures by districts; totals are of what is shown only, every cell counting the same."""
    found, scale = fit.figures, steps(figure)
    totals: dict[Figure, list[Cell]] = {
        Figure.OVERALL: [number(value) for value in found.over_districts],
        Figure.PEOPLE: [int(people) for people in found.people_of_measure],
    }
    labels = {Figure.OVERALL: _("Mittel der gezeigten Kreise"), Figure.PEOPLE: _("in den gezeigten Kreisen")}
    rows = tuple(
        HeatRow(
            str(measure),
            tuple(_tinted(fit.shown(figure, row, column), figure) for column in range(len(fit.districts))),
            totals[figure][row] if figure in totals else None,
            f"{measure.get_absolute_url()}#passfaehigkeit",
        )
        for row, measure in enumerate(fit.measures)
    )
    return HeatTable(
        "fit", str(figure.label), _("Maßnahme"), _district_columns(fit), rows, scale.labels(_language()),
        "integer" if figure == Figure.PEOPLE else "decimal", 0, total_label=labels.get(figure, ""),
        name=_("Passfähigkeit"),
    )  # fmt: skip


def heat_of_measure(fit: Fit, row: int) -> HeatTable:
    """One measure: a row for each district."""
    rows = tuple(
        HeatRow(str(district), _cells(fit, row, column), url=district_address(district))
        for column, district in enumerate(fit.districts)
    )
    return _heat("fit", _("Einschätzungen nach Kreis, 0 bis 100 Punkte"), _("Kreis"), rows)


def heat_of_district(fit: Fit, column: int) -> HeatTable:
    """One district: a row for each measure."""
    rows = tuple(
        HeatRow(str(measure), _cells(fit, row, column), url=f"{measure.get_absolute_url()}#passfaehigkeit")
        for row, measure in enumerate(fit.measures)
    )
    return _heat("fit", _("Einschätzungen nach Maßnahme, 0 bis 100 Punkte"), _("Maßnahme"), rows)


def heat_row(fit: Fit, row: int) -> HeatTable:
    """One measure in few lines: overall, spread and number of persons, with the districts side by side."""
    rows = tuple(
        HeatRow(
            str(figure.label),
            tuple(_plain_but_means(fit.shown(figure, row, column), figure) for column in range(len(fit.districts))),
        )
        for figure in PANEL
    )
    caption = _("Passfähigkeit nach Kreis, 0 bis 100 Punkte")
    return HeatTable(
        "fit", caption, _("Zahl"), _district_columns(fit), rows, steps(Figure.OVERALL).labels(_language()), "decimal", 0
    )


def district_map(fit: Fit, row: int, *, figure: Figure = Figure.OVERALL, linked: bool = True) -> ChartBlock:
    """One measure on the map; the numbers stand in the table `fit` beside it."""
    values = tuple(
        DistrictValue(
            district.key,
            str(district),
            value := fit.shown(figure, row, column),
            steps(figure).level(value),
            district_address(district) if linked else "",
        )
        for column, district in enumerate(fit.districts)
    )
    kind = "integer" if figure == Figure.PEOPLE else "decimal"
    chart = DistrictMap(values, steps(figure).labels(_language()), _("Kreis"), str(figure.label), kind, 0)  # type: ignore[arg-type]
    told = [row.name + " " + cell_text(row.value, Column("v", "", "decimal", 0), _language()) for row in values]
    alt = _("Karte der dreizehn Kreise Sachsens: %(values)s.") % {"values": "; ".join(told)}
    return ChartBlock("fit-map", str(figure.label), alt, chart, table_key="fit")


def table_of_all(fit: Fit) -> Table:
    """One row for each measure and district, for data files."""
    columns = (
        Column("measure", _("Kurzname der Maßnahme")),
        Column("title", _("Maßnahme")),
        Column("district", _("Kreisschlüssel")),
        Column("name", _("Kreis")),
        Column("people", str(Figure.PEOPLE.label), "integer"),
        *(Column(figure.name.lower(), str(figure.label), "decimal") for figure in (*MEANS, Figure.SPREAD)),
    )
    rows = tuple(
        (
            measure.slug,
            str(measure),
            district.key,
            str(district),
            *(fit.shown(figure, row, column) for figure in (Figure.PEOPLE, *MEANS, Figure.SPREAD)),
        )
        for row, measure in enumerate(fit.measures)
        for column, district in enumerate(fit.districts)
    )
    return Table("cells", _("Alle Werte"), columns, rows, name=_("Alle Werte"), row_header="title", main=True)


def _heat(key: str, caption: str, row_label: str, rows: tuple[HeatRow, ...]) -> HeatTable:
    columns = tuple(HeatColumn(figure.name.lower(), str(figure.label)) for figure in ACROSS)
    return HeatTable(
        key, caption, row_label, columns, rows, steps(Figure.OVERALL).labels(_language()), "decimal", 0,
        name=_("Passfähigkeit"),
    )  # fmt: skip


def _district_columns(fit: Fit) -> tuple[HeatColumn, ...]:
    return tuple(HeatColumn(f"d{row.key}", str(row), district_address(row)) for row in fit.districts)


def _cells(fit: Fit, row: int, column: int) -> tuple[HeatCell, ...]:
    return tuple(_plain_but_means(fit.shown(figure, row, column), figure) for figure in ACROSS)


def _plain_but_means(value: Cell, figure: Figure) -> HeatCell:
    return _tinted(value, figure) if figure in MEANS or isinstance(value, Suppressed) else HeatCell(value)


def _tinted(value: Cell, figure: Figure) -> HeatCell:
    return HeatCell(value, steps(figure).level(value))


def _language() -> str:
    return get_language() or "de"
