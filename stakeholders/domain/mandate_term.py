"""What happens to mandates by the calendar alone."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from stakeholders.domain.mandate import end_overdue, lock_organisation
from stakeholders.domain.outbox import post_many
from stakeholders.mails import mandate_message
from stakeholders.models import Mandate, Organisation

REMIND_BEFORE = dt.timedelta(days=14)


def end_expired() -> int:
    """Writes down which mandates are over; one organisation at a time. Returns how many.

    Who may speak is always decided by the date itself, so that a day without this run lets nobody speak longer.
    """
    over = Organisation.objects.filter(pk__in=Mandate.objects.overdue().values("organisation"))
    return sum(_end_expired_of(organisation) for organisation in over.order_by("pk"))


@transaction.atomic
def _end_expired_of(organisation: Organisation) -> int:
    return end_overdue(lock_organisation(organisation))


def post_reminders() -> None:
    """Tells people once, two weeks ahead, that their mandate ends: the key of the message holds the last day."""
    soon = timezone.localdate() + REMIND_BEFORE
    rows = Mandate.objects.valid().filter(ends_on__lte=soon, person__is_active=True)
    post_many(mandate_message("ending", row, row.person) for row in rows.select_related("person", "organisation"))
