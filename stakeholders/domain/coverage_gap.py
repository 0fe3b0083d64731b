"""People counted by group and district as they are now, and where fewer are active than the project office aims at."""

from collections import defaultdict

from django.db.models import Count, Q

from stakeholders.domain.coverage import Cell, coverage
from stakeholders.domain.coverage_target import stored_targets
from stakeholders.domain.selection import active_since
from stakeholders.models import District, Stakeholder, StakeholderGroup


def counted() -> list[tuple[int | None, int | None, int, int]]:
    """Numbers of group and district, how many people, how many of them active lately: one aggregate over all people."""
    active = Count("pk", filter=Q(last_active_at__gte=active_since()))
    people = Stakeholder.objects.taking_part().order_by().values_list("group", "district")
    return list(people.annotate(known=Count("pk"), active=active))


def open_gaps() -> list[Cell]:
    """The largest first, by keys of group and district."""
    groups = dict(StakeholderGroup.objects.values_list("pk", "key"))
    districts = dict(District.objects.values_list("pk", "key"))
    counts = {
        (groups[group], districts[district]): (known, active)
        for group, district, known, active in counted()
        if group is not None and district is not None
    }
    found = coverage(
        groups=list(groups.values()), districts=list(districts.values()), counts=counts, targets=stored_targets()
    )
    return found.gaps()


def could_fill(gaps: list[Cell]) -> Q:
    """People of these groups in these districts who were not active lately; nobody where there is no gap."""
    districts: dict[str, list[str]] = defaultdict(list)
    for gap in gaps:
        districts[gap.group].append(gap.district)
    where = Q(pk__in=())
    for group, keys in districts.items():
        where |= Q(group__key=group, district__key__in=keys)
    return where & (Q(last_active_at__isnull=True) | Q(last_active_at__lt=active_since()))
