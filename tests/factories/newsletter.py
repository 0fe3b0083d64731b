import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stakeholders.models import Newsletter, Subscription


class NewsletterFactory(DjangoModelFactory[Newsletter]):
    """A draft in German."""

    class Meta:
        model = Newsletter

    subject = "Neues aus der ZukunftsWerkstatt"
    body = "Im März treffen wir uns in Chemnitz."


class SubscriptionFactory(DjangoModelFactory[Subscription]):
    """A confirmed address without an account."""

    class Meta:
        model = Subscription

    email = factory.Sequence(lambda n: f"leserin{n}@example.org")
    state = Subscription.State.CONFIRMED
    requested_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyAttribute(lambda row: row.requested_at)
