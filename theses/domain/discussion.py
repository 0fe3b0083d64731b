"""What a page shows of a discussion: one part of the strands, each with its first answers, in three queries."""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q

from theses.models import Contribution, Thesis
from theses.permissions import Visitor

Kind = Contribution.Kind

PER_PART = 20
ANSWERS_SHOWN = 3
"""Under each strand; the others stand on its own page."""

FURTHEST = 500
"""Parts that the address can ask for."""

ORDERS = {
    "": ("-written_at", "-pk"),
    "hilfreich": ("-helpful_count", "-written_at", "-pk"),
    "unbeantwortet": ("answer_count", "-written_at", "-pk"),
}
ANSWER_ORDER = ("-is_official", "written_at", "pk")
"""What the project office answered stands first."""

GROUPS = {"": (Kind.PRO, Kind.CONTRA), "fragen": (Kind.QUESTION,), "erfahrungen": (Kind.EXPERIENCE,)}


@dataclass(frozen=True)
class Part:
    """Strands `number` * 20 and before; `rows` by kind in the order of the group."""

    number: int
    rows: list[tuple[Contribution.Kind, list[Contribution]]]
    has_more: bool
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not any(rows for _kind, rows in self.rows)


def part_of(thesis: Thesis, visitor: Visitor, *, group: str, order: str, number: int) -> Part:
    """One row more than is shown tells whether there are more."""
    kinds, by_kind = GROUPS[group], strands_by_kind(thesis)
    counts = {name: sum(by_kind.get(kind, 0) for kind in some) for name, some in GROUPS.items()}
    if not any(kind in by_kind for kind in kinds):
        return Part(number, [(kind, []) for kind in kinds], has_more=False, counts=counts)
    strands = Contribution.objects.top_level().placed().filter(thesis=thesis, kind__in=kinds)
    answers = Contribution.objects.shown().drawn_for(visitor).order_by(*ANSWER_ORDER)[:ANSWERS_SHOWN]
    drawn = strands.drawn_for(visitor).prefetch_related(Prefetch("answers", answers, to_attr="first_answers"))
    start = (number - 1) * PER_PART
    found = list(drawn.order_by(*ORDERS[order])[start : start + PER_PART + 1])
    shown = found[:PER_PART]
    rows = [(kind, [row for row in shown if row.kind == kind]) for kind in kinds]
    return Part(number, rows, len(found) > PER_PART and number < FURTHEST, counts)


def strands_by_kind(thesis: Thesis) -> dict[str, int]:
    """How many strands of each kind are shown; a kind without one that has a place in the discussion is left out."""
    placed = Contribution.objects.top_level().placed().filter(thesis=thesis).order_by()
    shown = Count("pk", filter=Q(state=Contribution.State.SHOWN))
    return dict(placed.values_list("kind").annotate(shown=shown))
