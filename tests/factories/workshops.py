from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from tests.factories.stakeholders import StakeholderFactory
from workshops.models import Invitation, InvitationWave, Question, Registration, Reminder, Series, Session, Workshop


class WorkshopFactory(DjangoModelFactory[Workshop]):
    """A published workshop in two weeks with 20 places."""

    class Meta:
        model = Workshop

    slug = factory.Sequence(lambda n: f"werkstatt-{n}")
    title = factory.Sequence(lambda n: f"Werkstatt {n}")
    summary = "Wir prüfen die Maßnahmen."
    place = "Beispielhalle"
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))
    ends_at = factory.LazyAttribute(lambda workshop: workshop.starts_at + timedelta(hours=3))
    capacity = 20
    state = Workshop.State.PUBLISHED


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An unanswered invitation, without the mail."""

    class Meta:
        model = Invitation

    workshop = factory.SubFactory(WorkshopFactory)
    person = factory.SubFactory(StakeholderFactory)


class RegistrationFactory(DjangoModelFactory[Registration]):
    """A place that was given without the domain, so without mail and audit entry; mind `arrival` and the capacity."""

    class Meta:
        model = Registration

    workshop = factory.SubFactory(WorkshopFactory)
    person = factory.SubFactory(StakeholderFactory)
    state = Registration.State.CONFIRMED
    arrival = factory.Sequence(lambda n: n + 1)
    registered_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyAttribute(lambda row: row.registered_at if row.state == "confirmed" else None)


class InvitationWaveFactory(DjangoModelFactory[InvitationWave]):
    """A draft without invitations."""

    class Meta:
        model = InvitationWave

    workshop = factory.SubFactory(WorkshopFactory)
    number = factory.Sequence(lambda n: n + 1)


class SeriesFactory(DjangoModelFactory[Series]):
    class Meta:
        model = Series

    slug = factory.Sequence(lambda n: f"reihe-{n}")
    title = factory.Sequence(lambda n: f"Reihe {n}")


class SessionFactory(DjangoModelFactory[Session]):
    """The first hour of its event."""

    class Meta:
        model = Session

    workshop = factory.SubFactory(WorkshopFactory)
    title = factory.Sequence(lambda n: f"Programmpunkt {n}")
    starts_at = factory.LazyAttribute(lambda session: session.workshop.starts_at)
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=1))


class QuestionFactory(DjangoModelFactory[Question]):
    class Meta:
        model = Question

    workshop = factory.SubFactory(WorkshopFactory)
    text = factory.Sequence(lambda n: f"Frage {n}?")


class ReminderFactory(DjangoModelFactory[Reminder]):
    """Two days before the start, to those registered."""

    class Meta:
        model = Reminder

    workshop = factory.SubFactory(WorkshopFactory)
