from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from stakeholders.models import Mandate
from tests.factories.stakeholders import OrganisationFactory, StakeholderFactory


class MandateFactory(DjangoModelFactory[Mandate]):
    """A valid mandate until next month, made without the domain, so without mail and audit entry."""

    class Meta:
        model = Mandate

    person = factory.SubFactory(StakeholderFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    state = Mandate.State.CONFIRMED
    request_reason = "Werkleitung"
    requested_at = factory.LazyFunction(timezone.now)
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class MandateRequestFactory(MandateFactory):
    """Waits for a decision."""

    state = Mandate.State.REQUESTED
    starts_on = factory.LazyFunction(lambda: None)
    ends_on = factory.LazyFunction(lambda: None)
