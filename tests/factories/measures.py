import random
from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from measures.domain.round import add_default_criteria
from measures.models import (
    Assessment,
    AssessmentReason,
    AssessmentRound,
    Criterion,
    FieldOfAction,
    FitAssessment,
    Measure,
)
from stakeholders.models import Stakeholder
from tests.factories.stakeholders import DistrictFactory, StakeholderFactory, StakeholderGroupFactory


class FieldOfActionFactory(DjangoModelFactory[FieldOfAction]):
    class Meta:
        model = FieldOfAction
        django_get_or_create = ("slug",)

    slug = "innovationspotenziale"
    title = "Stärkung der Innovationspotenziale"


class MeasureFactory(DjangoModelFactory[Measure]):
    class Meta:
        model = Measure

    slug = factory.Sequence(lambda n: f"massnahme-{n}")
    title = factory.Sequence(lambda n: f"Maßnahme {n}")
    summary = "Was die Maßnahme will."
    source = "Medieninformation vom 12. November 2018"
    field_of_action = factory.SubFactory(FieldOfActionFactory)


class AssessmentRoundFactory(DjangoModelFactory[AssessmentRound]):
    """An open round; add measures with `round.measures.set(...)` and criteria with CriterionFactory."""

    class Meta:
        model = AssessmentRound

    slug = factory.Sequence(lambda n: f"runde-{n}")
    title = factory.Sequence(lambda n: f"Runde {n}")
    question = "Wie gut passt die Maßnahme in Ihre Region?"
    state = AssessmentRound.State.PUBLISHED
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=13))


class CriterionFactory(DjangoModelFactory[Criterion]):
    class Meta:
        model = Criterion

    round = factory.SubFactory(AssessmentRoundFactory)
    key = factory.Sequence(lambda n: f"kriterium-{n}")
    label = factory.Sequence(lambda n: f"Kriterium {n}")
    question = "Wie hoch ist die Wirkung?"
    weight = Decimal("0.25")


class FitAssessmentFactory(DjangoModelFactory[FitAssessment]):
    class Meta:
        model = FitAssessment

    measure = factory.SubFactory(MeasureFactory)
    district = factory.SubFactory(DistrictFactory)
    rater = factory.SubFactory(StakeholderFactory)
    knows = FitAssessment.Knows.WORKS
    need = 4
    readiness = 3
    structures = 2
    obstacles = 5


class AssessmentReasonFactory(DjangoModelFactory[AssessmentReason]):
    class Meta:
        model = AssessmentReason

    round = factory.SubFactory(AssessmentRoundFactory)
    measure = factory.SubFactory(MeasureFactory)
    rater = factory.SubFactory(StakeholderFactory)
    text = "In meiner Region fehlen dafür Fachkräfte."


GROUPS = ("industrie", "dienstleister", "forschung")


def fitting_round(*, measures: int = 3, **values: Any) -> AssessmentRound:
    """An open round with the four default criteria."""
    row = AssessmentRoundFactory.create(**values)
    row.measures.set(MeasureFactory.create_batch(measures))
    add_default_criteria(row)
    return row


def rated_round(
    *, measures: int = 3, people: tuple[int, ...] = (12, 9, 8), seed: int = 7, **values: Any
) -> AssessmentRound:
    """A round that is over, rated by `people[i]` persons of the i-th group; the first measures are the better ones.

    The same seed gives the same grades; about a tenth of the answers is "kann ich nicht beurteilen".
    """
    row = fitting_round(measures=measures, **({"top": min(2, measures)} | values))
    raters = [
        StakeholderFactory.create(
            group=StakeholderGroupFactory.create(key=key),
            district=DistrictFactory.create(key=f"1452{place}000"),
        )
        for place, (key, count) in enumerate(zip(GROUPS, people, strict=False))
        for _person in range(count)
    ]
    chance = random.Random(seed)
    Assessment.objects.bulk_create(_answers(row, raters, chance))
    row.closes_at = timezone.now() - timedelta(minutes=1)
    row.save(update_fields=["closes_at"])
    return row


def _answers(row: AssessmentRound, raters: list[Stakeholder], chance: random.Random) -> list[Assessment]:
    criteria = list(row.criteria.all())
    answers = []
    for rater in raters:
        for place, measure in enumerate(row.measures.order_by("slug")):
            for criterion in criteria:
                drawn = min(5, max(1, round(chance.gauss(4.5 - place / 2, 1))))
                grade = None if chance.random() < 0.1 else drawn
                answers.append(
                    Assessment(
                        round=row, rater=rater, measure=measure, criterion=criterion, grade=grade, first_grade=grade
                    )
                )
    return answers
