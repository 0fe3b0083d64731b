"""What became of theses: found again and again by looking, kept as steps, told once to whom it concerns."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from stakeholders.domain.outbox import post_many
from stakeholders.models import Stakeholder
from theses.domain.follow import followers_of
from theses.domain.lineage_steps import steps_of
from theses.models import LineageStep, Thesis
from theses.news import moved

AT_A_TIME = 200
TOLD_OTHERWISE = ("published", "merged", "answers", "conclusion", "measure")
"""Kinds of steps of which the deciding function itself tells by mail."""


def look(thesis: Thesis | None = None) -> int:
    """At one public thesis or at all; how many steps are new. Looking again adds nothing and tells nobody twice.

    The first look at a thesis finds what was before, which is no news, so that nobody is told of it.
    """
    theses = Thesis.objects.filter(state__in=Thesis.PUBLIC_STATES, published_at__isnull=False)
    if thesis:
        theses = theses.filter(pk=thesis.pk)
    numbers = list(theses.order_by("pk").values_list("pk", flat=True))
    return sum(_look_at(numbers[start : start + AT_A_TIME]) for start in range(0, len(numbers), AT_A_TIME))


def listeners(thesis: Thesis) -> list[Stakeholder]:
    """The author and those who follow the thesis, each once."""
    people = {person.pk: person for person in followers_of(thesis)}
    if thesis.author and thesis.author.is_active:
        people[thesis.author.pk] = thesis.author
    return list(people.values())


def with_steps(theses: QuerySet[Thesis]) -> QuerySet[Thesis]:
    """Each with `steps`, a list of what became of it so far, the earliest first; one query more for all of them."""
    steps = LineageStep.objects.shown()
    return theses.prefetch_related(Prefetch("lineage", steps, to_attr="steps"))


@transaction.atomic
def _look_at(numbers: Iterable[int]) -> int:
    """Rows in the same order by everybody, so that two who look at the same time never wait for each other."""
    theses = list(Thesis.objects.filter(pk__in=numbers).select_related("author", "measure", "conclusion__measure"))
    known = set(LineageStep.objects.filter(thesis__in=theses).values_list("thesis", "key"))
    seen_before = {thesis for thesis, _ in known}
    found = [step for step in steps_of(theses, known) if (step.thesis_id, step.key) not in known]
    found.sort(key=lambda step: (step.thesis_id, step.key))
    LineageStep.objects.bulk_create(found, batch_size=500, ignore_conflicts=True)
    post_many(
        moved(step.thesis, person, step)
        for step in found
        if step.thesis_id in seen_before and not step.key.startswith(TOLD_OTHERWISE)
        for person in listeners(step.thesis)
    )
    return len(found)
