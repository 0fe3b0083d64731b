import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.theses import ThesisFactory
from theses.models import VersionProposal


class VersionProposalFactory(DjangoModelFactory[VersionProposal]):
    """Waits for the office, from the author of a published thesis."""

    class Meta:
        model = VersionProposal

    thesis = factory.SubFactory(ThesisFactory)
    author = factory.SelfAttribute("thesis.author")
    base = 1
    sentence = "Gründerzentren brauchen mehr Werkstatt und weniger Büro."
    reason = "Weil Ideen an Maschinen entstehen, nicht an Tischen."
    change = "Es geht auch um Büros."
    proposed_at = factory.LazyFunction(timezone.now)
