from django.db import transaction

from stakeholders.domain.audit import record
from stakeholders.models import Stakeholder
from workshops.models import CalendarAddress
from workshops.verbs import WorkshopVerb


@transaction.atomic
def renew_address(*, person: Stakeholder) -> CalendarAddress:
    """End the address that somebody may have passed on; whoever subscribed to it sees nothing any more."""
    CalendarAddress.objects.get_or_create(person=person)
    address = CalendarAddress.objects.select_for_update().get(person=person)
    address.number += 1
    address.save()
    record(WorkshopVerb.CALENDAR_RENEWED, actor=person, target=person)
    return address
