"""Who takes part and who is missing, by group and district: one read model for table, map, list and file.

The project office sees every number. For the ministry numbers of people below MINIMUM are hidden, and whatever would
let one compute them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.charts.levels import Steps
from publishing.tables import Cell as Shown
from publishing.tables import Column, Suppressed, Table
from stakeholders.domain.coverage import Cell, Coverage, Place, coverage, hidden_places
from stakeholders.domain.coverage_gap import counted
from stakeholders.domain.coverage_target import stored_targets
from stakeholders.models import District, StakeholderGroup

MINIMUM = 5
SERIES = tuple(digit * 10**power for power in range(6) for digit in (1, 2, 5))
SHARES = Steps((0.0001, 0.25, 0.5, 0.75, 1.0), "percent")


class Figure(TextChoices):
    """Which number is shown; the values stand in the address."""

    ACTIVE = "aktiv", gettext_lazy("aktiv in den letzten zwölf Monaten")
    KNOWN = "alle", gettext_lazy("alle bekannten Personen")
    SHARE = "anteil", gettext_lazy("aktive Personen gemessen am Ziel")
    GAP = "fehlend", gettext_lazy("fehlende aktive Personen")


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """`labels` are the names of groups and districts by key; `hidden` the places whose number is not shown, by figure:
    SHARE and GAP follow from ACTIVE. `unplaced` are people without group or district, None where that is hidden."""

    coverage: Coverage
    labels: dict[str, str]
    hidden: dict[Figure, frozenset[Place]]
    unplaced: int | None
    is_office: bool

    def shown(self, figure: Figure, row: int, column: int) -> Shown:
        """The number of a place; the last row and the last column are totals."""
        basis = Figure.KNOWN if figure == Figure.KNOWN else Figure.ACTIVE
        cells = self._cells(row, column)
        if self._is_hidden(basis, row, column, figure):
            return Suppressed(MINIMUM)
        return _value(figure, cells)

    def _cells(self, row: int, column: int) -> list[Cell]:
        rows = range(len(self.coverage.groups)) if row == len(self.coverage.groups) else (row,)
        columns = range(len(self.coverage.districts)) if column == len(self.coverage.districts) else (column,)
        return [self.coverage.cell(r, c) for r in rows for c in columns]

    def _is_hidden(self, basis: Figure, row: int, column: int, figure: Figure) -> bool:
        """A sum of gaps or a share tells of every number in it."""
        hidden = self.hidden[basis]
        if (row, column) in hidden:
            return True
        if figure in {Figure.ACTIVE, Figure.KNOWN}:
            return False
        last_row, last_column = len(self.coverage.groups), len(self.coverage.districts)
        is_total = row == last_row or column == last_column
        return is_total and any(
            (row in (last_row, r)) and (column in (last_column, c)) for r, c in hidden if r < last_row
        )


def build(*, is_office: bool) -> CoverageReport:
    """Four queries: groups, districts, targets, and one that counts all people by group and district."""
    groups = {row.pk: row for row in StakeholderGroup.objects.all()}
    districts = {row.pk: row for row in District.objects.all()}
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    unplaced = 0
    for group, district, known, active in counted():
        if group is None or district is None:
            unplaced += known
        else:
            counts[groups[group].key, districts[district].key] = (known, active)
    found = coverage(
        groups=[row.key for row in groups.values()],
        districts=[row.key for row in districts.values()],
        counts=counts,
        targets=stored_targets(),
    )
    hidden = {figure: frozenset[Place]() for figure in (Figure.KNOWN, Figure.ACTIVE)}
    if not is_office:
        hidden = {figure: hidden_places(_numbers(found, figure), MINIMUM) for figure in hidden}
    may_tell = is_office or unplaced == 0 or unplaced >= MINIMUM
    labels = {row.key: str(row) for row in groups.values()} | {row.key: str(row) for row in districts.values()}
    return CoverageReport(found, labels, hidden, unplaced if may_tell else None, is_office)


def steps(figure: Figure, numbers: Iterable[Shown]) -> Steps:
    """Bounds that fit the largest of the numbers that are shown."""
    if figure == Figure.SHARE:
        return SHARES
    largest = max((number for number in numbers if isinstance(number, int)), default=0)
    bounds = [bound for bound in SERIES if bound <= largest][-5:] or [1]
    return Steps((1, *bounds[1:]))


def table(report: CoverageReport) -> Table:
    """One row per group and district, for data files."""
    columns = (
        Column("group", _("Akteursgruppe")),
        Column("district", _("Kreis")),
        Column("known", _("bekannt"), "integer"),
        Column("active", _("aktiv"), "integer"),
        Column("target", _("Ziel"), "integer"),
        Column("gap", _("fehlend"), "integer"),
    )
    rows = tuple(
        (
            report.labels[group],
            report.labels[district],
            report.shown(Figure.KNOWN, row, column),
            report.shown(Figure.ACTIVE, row, column),
            report.coverage.cell(row, column).target,
            report.shown(Figure.GAP, row, column),
        )
        for row, group in enumerate(report.coverage.groups)
        for column, district in enumerate(report.coverage.districts)
    )
    return Table("coverage", _("Beteiligung nach Akteursgruppe und Kreis"), columns, rows)


def people_address(*, group: str = "", district: str = "", **criteria: str) -> str:
    """The desk with the people of a group in a district."""
    chosen = {"gruppe": group, "kreis": district, **criteria}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"{reverse('stakeholders:desk')}?{query}"


def _numbers(found: Coverage, figure: Figure) -> list[list[int]]:
    width = len(found.districts)
    numbers = [_number(figure, cell) for cell in found.cells]
    return [numbers[start : start + width] for start in range(0, len(numbers), width)]


def _number(figure: Figure, cell: Cell) -> int:
    if figure == Figure.KNOWN:
        return cell.known
    return cell.active if figure == Figure.ACTIVE else cell.gap or 0


def _value(figure: Figure, cells: list[Cell]) -> Shown:
    if figure == Figure.KNOWN:
        return sum(cell.known for cell in cells)
    if figure == Figure.ACTIVE:
        return sum(cell.active for cell in cells)
    aimed = [cell for cell in cells if cell.target is not None]
    if not aimed:
        return None
    if figure == Figure.GAP:
        return sum(cell.gap or 0 for cell in aimed)
    wanted = sum(cell.target or 0 for cell in aimed)
    return sum(cell.active for cell in aimed) / wanted if wanted else None
