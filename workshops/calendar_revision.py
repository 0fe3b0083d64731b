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

    Each change of the event and of the place counts three, so that an invitation and its end fit in between.
    """
    workshop = row.workshop
    held = row if isinstance(row, Registration) else registration_of(row)
    if held is None:
        return Revision(3 * workshop.calendar_sequence + cancels, workshop.entry_changed_at)
    sequence = 3 * (workshop.calendar_sequence + 1 + held.calendar_sequence)
    changed_at = max(workshop.entry_changed_at, held.entry_changed_at)
    return Revision(sequence if held == row else sequence + 1 + cancels, changed_at)


def registration_of(invitation: Invitation) -> Registration | None:
    """What somebody invited had or has at the event; who gave up a place may be invited again."""
    return Registration.objects.filter(workshop=invitation.workshop_id, person=invitation.person_id).first()
