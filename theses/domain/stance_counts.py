from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count

from theses.domain.opinions import Answers
from theses.models import Stance, Thesis

FIELDS = {
    Stance.Value.AGREE: "agree",
    Stance.Value.NEUTRAL: "neutral",
    Stance.Value.DISAGREE: "disagree",
    Stance.Value.PASS: "passed",
}

Counts = dict[int | None, Answers]


def counts_of(theses: Iterable[Thesis]) -> dict[int, Counts]:
    """Of each thesis the answers by declared group (None: undeclared), in one query however many people answered."""
    numbers = [thesis.pk for thesis in theses]
    found: dict[int, dict[int | None, dict[str, int]]] = {number: defaultdict(dict) for number in numbers}
    rows = Stance.objects.counted().filter(thesis__in=numbers).order_by()
    grouped = rows.values_list("thesis", "person__group", "value").annotate(number=Count("pk"))
    for thesis, group, value, number in grouped:
        found[thesis][group][FIELDS[Stance.Value(value)]] = number
    return {
        thesis: {group: Answers(**numbers) for group, numbers in groups.items()} for thesis, groups in found.items()
    }
