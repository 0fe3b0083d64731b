"""What somebody is registered for, as their own area shows it."""

from dataclasses import dataclass

from stakeholders.models import Stakeholder
from workshops import ticket
from workshops.models import Registration, Workshop
from workshops.tokens import token_for


@dataclass(frozen=True)
class OwnRegistration:
    row: Registration

    @property
    def workshop(self) -> Workshop:
        return self.row.workshop

    @property
    def token(self) -> str:
        """Opens everything one can do with this registration."""
        return token_for(self.row)

    @property
    def has_ticket(self) -> bool:
        return ticket.is_valid(self.row) and not self.workshop.is_over

    @property
    def can_still_change(self) -> bool:
        return not self.workshop.has_begun and self.workshop.state != Workshop.State.CANCELLED


def own_registrations(person: Stakeholder, most: int) -> list[OwnRegistration]:
    """Those that still count, the latest event first."""
    rows = Registration.objects.filter(person=person).current().select_related("workshop")
    return [OwnRegistration(row) for row in rows.order_by("-workshop__starts_at", "-pk")[:most]]
