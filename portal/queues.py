from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.domain.inactivity import inactive_staff, last_activity
from stakeholders.models import ContentReport, Enquiry, GroupChange, Mandate, OutgoingMail
from theses.admin.queue import overdue
from theses.models import Thesis, TopicProposal, VersionProposal


@dataclass(frozen=True)
class Queue:
    """Things of one kind that wait for the project office; `oldest` is None where nothing waits."""

    label: str
    address: str
    count: int
    oldest: datetime | None


def queues() -> list[Queue]:
    """What waits on the start page of the administration; one query each."""
    return [*_of_theses(), *_of_people(), _unused_staff()]


def _of_theses() -> list[Queue]:
    theses = Thesis.objects.filter(state=Thesis.State.SUBMITTED)
    return [
        _queue(
            _("Thesen warten auf Ihre Entscheidung"), theses, "submitted_at", "theses_thesis", "state__exact=submitted"
        ),
        _queue(
            _("Thesen sind überfällig"),
            overdue(Thesis.objects.all()),
            "submitted_at",
            "theses_thesis",
            "ueberfaellig=ja",
        ),
        _queue(
            _("Neue Fassungen von Thesen warten auf Ihre Entscheidung"),
            VersionProposal.objects.filter(state=VersionProposal.State.WAITING),
            "proposed_at",
            "theses_versionproposal",
            "state__exact=waiting",
        ),
        _queue(
            _("Themen sind vorgeschlagen"),
            TopicProposal.objects.waiting(),
            "proposed_at",
            "theses_topicproposal",
            "state__exact=waiting",
        ),
    ]


def _of_people() -> list[Queue]:
    return [
        _queue(
            _("Anfragen warten auf Antwort"),
            Enquiry.objects.waiting(),
            "changed_at",
            "stakeholders_enquiry",
            "state__exact=open",
        ),
        _queue(
            _("Gemeldete Inhalte warten auf Ihre Entscheidung"),
            ContentReport.objects.waiting(),
            "reported_at",
            "stakeholders_contentreport",
            "state__exact=open",
        ),
        _queue(
            _("Wechsel der Akteursgruppe warten auf Ihre Bestätigung"),
            GroupChange.objects.waiting(),
            "requested_at",
            "stakeholders_groupchange",
            "state__exact=waiting",
        ),
        _queue(
            _("Mandate warten auf Ihre Bestätigung"),
            Mandate.objects.requested(),
            "requested_at",
            "stakeholders_mandate",
            "state__exact=requested",
        ),
        _queue(
            _("Nachrichten brauchen Ihre Entscheidung"),
            OutgoingMail.objects.needing_human(),
            "created_at",
            "stakeholders_outgoingmail",
            "handlungsbedarf=ja",
        ),
    ]


def _unused_staff() -> Queue:
    """Listed one by one, because no filter of the administration knows the last activity."""
    people = sorted(inactive_staff(now=timezone.now()), key=last_activity)
    numbers = ",".join(str(person.pk) for person in people) or "0"
    address = f"{reverse('admin:stakeholders_stakeholder_changelist')}?id__in={numbers}"
    label = _("Konten mit besonderen Rechten, die lange niemand genutzt hat")
    return Queue(label, address, len(people), last_activity(people[0]) if people else None)


def _queue(label: str, rows: QuerySet[Any], since: str, page: str, filtered: str) -> Queue:
    waiting = rows.order_by().aggregate(count=Count("pk"), oldest=Min(since))
    return Queue(label, f"{reverse(f'admin:{page}_changelist')}?{filtered}", **waiting)
