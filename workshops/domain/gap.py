"""Gaps of the coverage as an audience: whom an event could reach where fewer people are active than aimed at."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from stakeholders.domain.coverage_gap import open_gaps
from stakeholders.models import District, Stakeholder, StakeholderGroup
from workshops.domain.invitation import not_reached_yet
from workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Gap:
    """`new` of those who could fill it have not heard of this event yet."""

    group: str
    district: str
    target: int
    active: int
    missing: int
    new: int


def gaps_for(people: QuerySet[Stakeholder], workshop: Workshop) -> list[Gap]:
    """The largest gap first, those that nobody new could fill last; `people` is the chosen audience."""
    groups = {row.key: str(row) for row in StakeholderGroup.objects.all()}
    districts = {row.key: str(row) for row in District.objects.all()}
    cells = not_reached_yet(people, workshop).order_by().values_list("group__key", "district__key")
    new = {(group, district): number for group, district, number in cells.annotate(number=Count("pk", distinct=True))}
    found = [
        Gap(
            groups[cell.group],
            districts[cell.district],
            cell.target or 0,
            cell.active,
            cell.gap or 0,
            new.get((cell.group, cell.district), 0),
        )
        for cell in open_gaps()
    ]
    return sorted(found, key=lambda gap: not gap.new)
