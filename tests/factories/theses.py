import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import StakeholderFactory
from theses.models import Stance, Thesis


class ThesisFactory(DjangoModelFactory[Thesis]):
    """A published thesis."""

    class Meta:
        model = Thesis

    sentence = factory.Sequence(lambda n: f"Gründerzentren brauchen mehr Werkstatt {n}.")
    slug = factory.LazyAttribute(lambda thesis: Thesis.slug_for(thesis.sentence))
    reason = "Weil Ideen an Maschinen entstehen."
    measure = factory.SubFactory(MeasureFactory)
    author = factory.SubFactory(StakeholderFactory)
    state = Thesis.State.PUBLISHED
    submitted_at = factory.LazyFunction(timezone.now)
    published_at = factory.LazyFunction(timezone.now)


class StanceFactory(DjangoModelFactory[Stance]):
    class Meta:
        model = Stance

    thesis = factory.SubFactory(ThesisFactory)
    person = factory.SubFactory(StakeholderFactory)
    value = Stance.Value.AGREE
