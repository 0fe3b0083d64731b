"""One thesis after another for a person to answer, drawn by the rule of `next_thesis`."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, QuerySet

from stakeholders.models import Stakeholder
from theses.domain.next_thesis import chances, draw
from theses.models import Stance, Thesis

COUNTED_FOR = 60
"""Seconds for which the answers of a group are not counted anew: the rule needs their order of magnitude."""


@dataclass(frozen=True, slots=True)
class Offer:
    """`left` counts what the person has not answered, `skipped` how many of these they passed over just now."""

    thesis: int | None
    left: int
    skipped: int


def offer(*, person: Stakeholder, theses: QuerySet[Thesis], skipped: Collection[int]) -> Offer:
    """The primary key of the next thesis among `theses`: open, not answered, not their own, not skipped.

    The same for the same person until something is answered or skipped, or the counts change.
    """
    answered = Stance.objects.filter(person=person, thesis=OuterRef("pk"))
    others = theses.filter(state=Thesis.State.PUBLISHED).exclude(author=person).exclude(Exists(answered))
    rows = list(others.order_by("pk").values_list("pk", "stance_count"))
    in_group = _counts_of_group(person.group_id)
    number = Stance.objects.filter(person=person).count()
    chance = chances(
        seen=np.array([seen for _, seen in rows], dtype=np.int64),
        seen_in_group=np.array([in_group.get(key, 0) for key, _ in rows], dtype=np.int64),
        open_to_person=np.array([key not in skipped for key, _ in rows], dtype=np.bool_),
    )
    place = draw(chance, person=person.pk, answered=number)
    passed_over = sum(key in skipped for key, _ in rows)
    return Offer(None if place is None else rows[place][0], len(rows), passed_over)


def previous(*, person: Stakeholder, before: int | None) -> int | None:
    """The open thesis this person answered last, or last before they answered the thesis `before`."""
    answered = Stance.objects.filter(person=person, thesis__state=Thesis.State.PUBLISHED).order_by("-changed_at", "-pk")
    keys = list(answered.values_list("thesis", flat=True)[:MOST_STEPS_BACK])
    if before in keys:
        keys = keys[keys.index(before) + 1 :]
    return keys[0] if keys else None


MOST_STEPS_BACK = 100


def _counts_of_group(group: int | None) -> dict[int, int]:
    """One GROUP BY a minute for each group: how many of it have answered each open thesis."""
    counted = Stance.objects.counted().filter(person__group=group, thesis__state=Thesis.State.PUBLISHED).order_by()
    found = cache.get_or_set(
        f"answers-of-group:{group}",
        lambda: dict(counted.values_list("thesis").annotate(number=Count("pk"))),
        COUNTED_FOR,
    )
    return found or {}
