from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from stakeholders.models import OutgoingMail
from theses.models import Thesis


@dataclass(frozen=True)
class Queue:
    """Things of one kind that wait for the project office; `oldest` is None where nothing waits."""

    label: str
    address: str
    count: int
    oldest: datetime | None


def queues() -> list[Queue]:
    """What waits on the start page of the administration; one query each."""
    submitted = Thesis.objects.filter(state=Thesis.State.SUBMITTED)
    theses = submitted.aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    mails = OutgoingMail.objects.needing_human().aggregate(count=Count("pk"), oldest=Min("created_at"))
    return [
        Queue(
            _("Thesen warten auf Ihre Entscheidung"),
            f"{reverse('admin:theses_thesis_changelist')}?state__exact=submitted",
            **theses,
        ),
        Queue(
            _("Nachrichten brauchen Ihre Entscheidung"),
            f"{reverse('admin:stakeholders_outgoingmail_changelist')}?handlungsbedarf=ja",
            **mails,
        ),
    ]
