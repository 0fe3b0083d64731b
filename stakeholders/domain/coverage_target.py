from collections.abc import Mapping
from hashlib import sha256

from django.db import connection, transaction
from django.utils.translation import gettext as _

from stakeholders.domain.audit import record
from stakeholders.domain.refusal import StaleSave
from stakeholders.models import CoverageTarget, District, Stakeholder, StakeholderGroup
from stakeholders.verbs import StakeholderVerb

Pair = tuple[str, str]
MOST_PEOPLE = 1_000_000


def stored_targets() -> dict[Pair, int]:
    """By keys of group and district."""
    rows = CoverageTarget.objects.order_by("group__key", "district__key")
    return {(group, district): people for group, district, people in rows.values_list(*COLUMNS)}


COLUMNS = ("group__key", "district__key", "people")


def state_of(targets: Mapping[Pair, int]) -> str:
    """Changes with any target; stands in the form, so that a save notices that somebody else saved meanwhile."""
    text = ";".join(f"{group}/{district}={people}" for (group, district), people in sorted(targets.items()))
    return sha256(text.encode()).hexdigest()[:16]


@transaction.atomic
def set_targets(*, targets: Mapping[Pair, int], seen: str, actor: Stakeholder) -> int:
    """Make these all the targets there are; the number of pairs that changed. Saving the same changes nothing.

    `seen` is `state_of` what was on the screen; raises StaleSave when somebody else changed it. Groups and districts
    that are unknown have no target.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {CoverageTarget._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    before = stored_targets()
    changed = {pair for pair in {*before, *targets} if before.get(pair) != targets.get(pair)}
    if not changed:
        return 0
    if state_of(before) != seen:
        raise StaleSave(
            _(
                "Die Ziele wurden inzwischen an anderer Stelle geändert. Was Sie eingegeben haben, steht unten und ist "
                "noch nicht gespeichert. Bitte vergleichen Sie und speichern Sie noch einmal."
            )
        )
    _write({pair: targets.get(pair) for pair in changed})
    facts: dict[str, object] = {
        "targets": [[*pair, before.get(pair), targets.get(pair)] for pair in sorted(changed)],
    }
    label = str(CoverageTarget._meta.verbose_name_plural)
    record(StakeholderVerb.COVERAGE_TARGET_SET, actor=actor, label=label, facts=facts)
    return len(changed)


def _write(changes: Mapping[Pair, int | None]) -> None:
    groups = dict(StakeholderGroup.objects.values_list("key", "pk"))
    districts = dict(District.objects.values_list("key", "pk"))
    rows = [
        CoverageTarget(group_id=groups[group], district_id=districts[district], people=people)
        for (group, district), people in changes.items()
        if people is not None and group in groups and district in districts
    ]
    for (group, district), people in changes.items():
        if people is None:
            CoverageTarget.objects.filter(group__key=group, district__key=district).delete()
    CoverageTarget.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=("group", "district"), update_fields=("people",)
    )
