import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from measures.models import ImplementationConcept, Milestone, Partner
from tests.factories.measures import MeasureFactory
from tests.factories.stakeholders import OrganisationFactory


class ConceptFactory(DjangoModelFactory[ImplementationConcept]):
    """Published."""

    class Meta:
        model = ImplementationConcept

    measure = factory.SubFactory(MeasureFactory)
    goal = "Kleine Betriebe finden Hilfe."
    approach = "Zuerst ein **Pilot** in einem Landkreis."
    responsible = factory.SubFactory(OrganisationFactory)
    state = ImplementationConcept.State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class PartnerFactory(DjangoModelFactory[Partner]):
    """Confirmed."""

    class Meta:
        model = Partner

    measure = factory.SubFactory(MeasureFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    confirmed_on = factory.LazyFunction(timezone.localdate)


class MilestoneFactory(DjangoModelFactory[Milestone]):
    """Open, without a day."""

    class Meta:
        model = Milestone

    measure = factory.SubFactory(MeasureFactory)
    title = factory.Sequence(lambda n: f"Meilenstein {n}")
