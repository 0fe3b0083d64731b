import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.stakeholders import StakeholderFactory
from tests.factories.theses import ThesisFactory
from theses.models import Contribution, Follow, HelpfulMark


class ContributionFactory(DjangoModelFactory[Contribution]):
    """A remark in favour of a thesis, made without the domain, so without mail and audit entry."""

    class Meta:
        model = Contribution

    thesis = factory.SubFactory(ThesisFactory)
    kind = Contribution.Kind.PRO
    text = factory.Sequence(lambda n: f"Beitrag Nummer {n}.")
    author = factory.SubFactory(StakeholderFactory)
    written_at = factory.LazyFunction(timezone.now)


class FollowFactory(DjangoModelFactory[Follow]):
    class Meta:
        model = Follow

    thesis = factory.SubFactory(ThesisFactory)
    person = factory.SubFactory(StakeholderFactory)


class HelpfulMarkFactory(DjangoModelFactory[HelpfulMark]):
    """Without the count, which only the domain keeps."""

    class Meta:
        model = HelpfulMark

    contribution = factory.SubFactory(ContributionFactory)
    person = factory.SubFactory(StakeholderFactory)
