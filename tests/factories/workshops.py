from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from workshops.models import Workshop


class WorkshopFactory(DjangoModelFactory[Workshop]):
    """A published workshop in two weeks with 20 places."""

    class Meta:
        model = Workshop

    slug = factory.Sequence(lambda n: f"werkstatt-{n}")
    title = factory.Sequence(lambda n: f"Werkstatt {n}")
    summary = "Wir prüfen die Maßnahmen."
    place = "Beispielhalle"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14, hours=3))
    capacity = 20
    state = Workshop.State.PUBLISHED
