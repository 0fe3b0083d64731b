"""Mandates of the demonstration: one login speaks for its organisation, the other one has asked for it."""

from datetime import timedelta

from django.utils import timezone

from stakeholders.domain.mandate import usual_end
from stakeholders.models import Mandate, Organisation, Stakeholder


def load_demo_mandates(*, people: list[Stakeholder], organisation: Organisation, office: Stakeholder) -> None:
    """Without mails: nobody of them has a mailbox."""
    speaker, colleague = people
    now = timezone.now()
    Mandate.objects.create(
        person=speaker,
        organisation=organisation,
        state=Mandate.State.CONFIRMED,
        request_reason="Werkleitung",
        requested_at=now - timedelta(days=2),
        decided_at=now - timedelta(days=1),
        decided_by=office,
        starts_on=timezone.localdate(now - timedelta(days=1)),
        ends_on=usual_end(),
    )
    Mandate.objects.create(
        person=colleague,
        organisation=organisation,
        request_reason="Leitung der Entwicklung",
        requested_at=now - timedelta(hours=3),
    )
