"""How often and when an entry in somebody's calendar changed (RFC 5545, SEQUENCE and LAST-MODIFIED)."""

from dataclasses import dataclass
from datetime import datetime

from workshops.models import Invitation, Registration, Workshop


@dataclass(frozen=True)
class Revision:
    sequence: int
    changed_at: datetime


def of_event(workshop: Workshop) -> Revision:
    """Of the entry that everybody may have."""
    return Revision(workshop.calendar_sequence, workshop.entry_changed_at)


def of_person(row: Invitation | Registration, *, cancels: bool) -> Revision:
    """Of the entry that was sent to one person. Their clients keep one entry for invitation and place, so the numbers
    of both grow together: whatever is sent later has the higher one.

    Each change of the event counts two, so that the cancellation of an invitation fits in between; what happens to the
    place counts on top.
    """
    workshop = row.workshop
    if isinstance(row, Invitation):
        last = Registration.objects.filter(workshop=workshop, person=row.person_id).first() if cancels else None
        if last is None:
            return Revision(2 * workshop.calendar_sequence + cancels, workshop.entry_changed_at)
        row = last
    sequence = 2 * (workshop.calendar_sequence + 1) + row.calendar_sequence
    return Revision(sequence, max(workshop.entry_changed_at, row.entry_changed_at))
