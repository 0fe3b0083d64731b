"""How the districts rated the measures: every person counts once there, and small districts are hidden."""

from typing import Any

from django.utils.translation import gettext as _

from measures.domain.rating_data import NO_ANSWER
from measures.reports.frozen import Frozen
from publishing.charts.district_map import DistrictMap, DistrictValue
from publishing.charts.heat_table import HeatCell, HeatColumn, HeatRow, HeatTable
from publishing.charts.levels import Steps
from publishing.document import ChartBlock, HeatBlock, Paragraph, Section
from publishing.tables import Suppressed

STEPS = Steps((0, 20, 40, 60, 80), "decimal")


def districts_section(frozen: Frozen) -> Section | None:
    """None for rankings that were frozen before districts were told apart."""
    if not frozen.measures or "concealed_districts" not in frozen.ranking.labels:
        return None
    text = _(
        "So haben die Kreise die Maßnahmen bewertet, auf der Skala von 0 bis 100 Punkten. Anders als in der Rangfolge "
        "zählt hier jede Person gleich viel, welcher Gruppe sie auch angehört. Unterschiede zwischen Kreisen können "
        "daher auch daran liegen, welche Gruppen sich dort beteiligt haben."
    )
    blocks = (Paragraph(text), _map(frozen, frozen.measures[0]), HeatBlock(_heat(frozen)))
    return Section(_("Ergebnis nach Kreisen"), "kreise", blocks)


def _map(frozen: Frozen, measure: dict[str, Any]) -> ChartBlock:
    """Of the measure that stands first; the others are rows of the table."""
    name = frozen.measure(measure["key"])
    drawn = DistrictMap(
        rows=tuple(
            DistrictValue(key, frozen.district(key), cell.value, cell.level)
            for key, cell in zip(frozen.districts, _cells(frozen, measure, frozen.districts), strict=True)
        ),
        levels=STEPS.labels(frozen.language),
        row_label=_("Kreis"),
        value_label=_("Punkte"),
        kind="decimal",
        decimals=0,
    )
    caption = _("„%(name)s“ nach Kreisen") % {"name": name}
    alt = _(
        "Karte der Kreise Sachsens mit den Punkten für „%(name)s“; dieselben Zahlen stehen in der Tabelle darunter."
    )
    return ChartBlock("district-map", caption, alt % {"name": name}, drawn, table_key="districts")


def _heat(frozen: Frozen) -> HeatTable:
    keys = [*frozen.districts]
    columns = [HeatColumn(f"district_{key.lower()}", frozen.district(key)) for key in keys]
    if any(row["districts"][NO_ANSWER]["n"] for row in frozen.measures):
        keys.append(NO_ANSWER)
        columns.append(HeatColumn("district_none", _("ohne Angabe")))
    return HeatTable(
        key="districts",
        caption=_("Punkte nach Kreisen"),
        row_label=_("Maßnahme"),
        columns=tuple(columns),
        rows=tuple(HeatRow(frozen.measure(row["key"]), _cells(frozen, row, keys)) for row in frozen.measures),
        levels=STEPS.labels(frozen.language),
        kind="decimal",
        decimals=0,
        name=_("Kreise"),
    )


def _cells(frozen: Frozen, measure: dict[str, Any], keys: list[str]) -> tuple[HeatCell, ...]:
    hidden = frozen.hidden(measure).districts
    values: list[float | Suppressed | None] = [hidden.get(key, measure["districts"][key]["mean"]) for key in keys]
    return tuple(HeatCell(value, STEPS.level(value)) for value in values)
