"""Many answers at once, written as one statement a thesis."""

from collections.abc import Iterable

from stakeholders.models import Stakeholder
from tests.factories.stakeholders import StakeholderFactory, StakeholderGroupFactory
from theses.models import Stance, Thesis

Value = Stance.Value


def people_of(group: str | None, number: int) -> list[Stakeholder]:
    declared = StakeholderGroupFactory.create(key=group) if group else None
    return StakeholderFactory.create_batch(number, group=declared)


def strangers(number: int) -> list[Stakeholder]:
    """Many at once, who have nothing but an account."""
    people = [Stakeholder(email=None, first_name="Kim") for _place in range(number)]
    return list(Stakeholder.objects.bulk_create(people))


def answer(thesis: Thesis, people: Iterable[Stakeholder], *, agree: int, disagree: int = 0) -> None:
    """The first of the people agree, the next disagree, all others pass; the thesis knows how many count."""
    values = [Value.AGREE] * agree + [Value.DISAGREE] * disagree
    rows = [
        Stance(thesis=thesis, person=person, value=values[place] if place < len(values) else Value.PASS)
        for place, person in enumerate(people)
    ]
    Stance.objects.bulk_create(rows)
    Thesis.objects.filter(pk=thesis.pk).update(stance_count=Stance.objects.counted().filter(thesis=thesis).count())
