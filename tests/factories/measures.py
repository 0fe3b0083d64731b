from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from measures.models import AssessmentRound, Criterion, FieldOfAction, Measure


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
