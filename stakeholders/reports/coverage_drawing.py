"""The coverage as tinted table, as map and as list of gaps. Only the project office gets links to people."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publishing.charts.district_map import DistrictMap, DistrictValue
from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.document import ChartBlock
from publishing.tables import Cell as Shown
from publishing.tables import Column, Kind, cell_text
from stakeholders.reports.coverage import CoverageReport, Figure, people_address, steps


@dataclass(frozen=True, slots=True)
class Gap:
    """`people` leads to those known there who are not active, `organisations` to those without active people."""

    group: str
    district: str
    target: int
    active: int
    missing: int
    people: str
    organisations: str


@dataclass(frozen=True, slots=True)
class DistrictRow:
    name: str
    value: Shown
    text: str
    url: str


def heat(report: CoverageReport, figure: Figure) -> HeatTable:
    """Groups by districts, with totals."""
    found, last = report.coverage, len(report.coverage.groups)
    values = [[report.shown(figure, row, column) for column in range(len(found.districts))] for row in range(last)]
    scale = steps(figure, (value for line in values for value in line))
    rows = tuple(
        HeatRow(
            report.labels[group],
            tuple(
                HeatCell(value, scale.level(value), _link(report, figure, group=group, district=key) if value else "")
                for key, value in zip(found.districts, values[row], strict=True)
            ),
            total=report.shown(figure, row, len(found.districts)),
            url=_link(report, figure, group=group),
        )
        for row, group in enumerate(found.groups)
    )
    foot = tuple(HeatCell(report.shown(figure, last, column)) for column in range(len(found.districts)))
    return HeatTable(
        key="coverage",
        caption=str(figure.label),
        row_label=_("Akteursgruppe"),
        columns=tuple(
            HeatColumn(f"d{key}", report.labels[key], _link(report, figure, district=key)) for key in found.districts
        ),
        rows=rows,
        levels=scale.labels(_language()),
        kind=_kind(figure),
        total_label=_("zusammen"),
        foot=HeatRow(_("zusammen"), foot, total=report.shown(figure, last, len(found.districts))),
    )


def district_rows(report: CoverageReport, figure: Figure, group: str) -> list[DistrictRow]:
    """The list beside the map; `group` is a key, empty for all groups together."""
    found = report.coverage
    place = found.groups.index(group) if group else len(found.groups)
    writing = Column("value", "", _kind(figure), 0)
    values = [(key, report.shown(figure, place, column)) for column, key in enumerate(found.districts)]
    return [
        DistrictRow(
            report.labels[key],
            value,
            cell_text(value, writing, _language()),
            _link(report, figure, group=group, district=key),
        )
        for key, value in values
    ]


def district_map(report: CoverageReport, figure: Figure, group: str) -> ChartBlock:
    rows = district_rows(report, figure, group)
    scale = steps(figure, (row.value for row in rows))
    values = tuple(
        DistrictValue(key, row.name, row.value, scale.level(row.value), row.url)
        for key, row in zip(report.coverage.districts, rows, strict=True)
    )
    who = report.labels[group] if group else _("alle Akteursgruppen")
    title = _("%(figure)s nach Kreis (%(who)s)") % {"figure": figure.label, "who": who}
    chart = DistrictMap(
        values, scale.labels(_language()), _("Kreis"), str(figure.label), kind=_kind(figure), decimals=0
    )
    alt = _("Karte der dreizehn Kreise Sachsens. Die Zahlen stehen in der Liste daneben.")
    return ChartBlock("coverage-map", title, alt, chart)


def gaps(report: CoverageReport) -> list[Gap]:
    """The largest first; without those whose size must not be shown."""
    found = report.coverage
    rows, columns = found.groups.index, found.districts.index
    return [
        Gap(
            report.labels[cell.group],
            report.labels[cell.district],
            cell.target or 0,
            cell.active,
            cell.gap or 0,
            people_address(group=cell.group, district=cell.district, aktiv="nein") if report.is_office else "",
            _organisations(cell.group, cell.district) if report.is_office else "",
        )
        for cell in found.gaps()
        if isinstance(report.shown(Figure.GAP, rows(cell.group), columns(cell.district)), int)
    ]


def _organisations(group: str, district: str) -> str:
    query = urlencode({"gruppe": group, "kreis": district, "aktive": "nein"})
    return f"{reverse('stakeholders:organisation_desk')}?{query}"


def _link(report: CoverageReport, figure: Figure, *, group: str = "", district: str = "") -> str:
    """To the people who make up the number, or to those who could fill the gap."""
    if not report.is_office:
        return ""
    active = {Figure.ACTIVE: "ja", Figure.KNOWN: "", Figure.SHARE: "ja", Figure.GAP: "nein"}[figure]
    return people_address(group=group, district=district, aktiv=active)


def _kind(figure: Figure) -> Kind:
    return "percent" if figure == Figure.SHARE else "integer"


def _language() -> str:
    return get_language() or "de"
