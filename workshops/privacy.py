"""What events know about a person; the portal puts the parts of all apps together."""

from stakeholders.models import Stakeholder
from workshops.domain.registration import forget_registrations
from workshops.models import Invitation, Registration

MODELS = (Invitation, Registration)


def collect(person: Stakeholder) -> dict[str, object]:
    registrations = Registration.objects.filter(person=person).select_related("workshop")
    invitations = Invitation.objects.filter(person=person).select_related("workshop")
    return {
        "registrations": [
            {
                "workshop": row.workshop.title,
                "starts_at": row.workshop.starts_at.isoformat(),
                "state": row.state,
                "arrival": row.arrival,
                "registered_at": row.registered_at.isoformat(),
                "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
                "cancelled_at": row.cancelled_at.isoformat() if row.cancelled_at else None,
            }
            for row in registrations
        ],
        "invitations": [
            {
                "workshop": row.workshop.title,
                "invited_at": row.invited_at.isoformat(),
                "answer": row.answer,
                "answer_reason": row.answer_reason,
                "answered_at": row.answered_at.isoformat() if row.answered_at else None,
            }
            for row in invitations
        ],
    }


def erase(person: Stakeholder) -> None:
    """Deletes both; a place that becomes free goes to the next on the waiting list."""
    Invitation.objects.filter(person=person).delete()
    forget_registrations(person=person)
