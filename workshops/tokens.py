"""Personal links: the number of a row with a signature, valid without signing in and bound to that row."""

from typing import TypeVar

from django.core.signing import BadSignature, Signer

from stakeholders.models import Stakeholder
from workshops.models import CalendarAddress, Invitation, Registration

Row = TypeVar("Row", Invitation, Registration)


def signer(model: type[Invitation | Registration]) -> Signer:
    """One salt per model, so that the link of an invitation opens no registration."""
    return Signer(salt=f"workshops.{model.__name__.lower()}", sep=".")


def token_for(row: Invitation | Registration) -> str:
    return signer(type(row)).sign(str(row.pk))


def find(model: type[Row], token: str) -> Row | None:
    """The row a link names, with its event and person; None for a tampered link, a gone row or a closed account.

    The number of an invitation that is still a draft tells nobody anything either.
    """
    try:
        number = signer(model).unsign(token)
    except BadSignature:
        return None
    rows = model._default_manager.select_related("workshop", "person")
    found = rows.filter(pk=number, person__is_active=True).first()
    return None if isinstance(found, Invitation) and found.is_draft else found


FEED = Signer(salt="workshops.calendar", sep=".")


def calendar_token(person: Stakeholder) -> str:
    """The secret part of the address of a person's own calendar, valid until they ask for a new one."""
    address = CalendarAddress.objects.filter(person=person).first()
    return FEED.sign(f"{person.pk}-{address.number if address else CalendarAddress.FIRST}")


def find_subscriber(token: str) -> Stakeholder | None:
    """Whose calendar an address names; None for a tampered or replaced one, and for a closed account."""
    try:
        number, _dash, version = FEED.unsign(token).partition("-")
    except BadSignature:
        return None
    person = Stakeholder.objects.filter(pk=number, is_active=True).first()
    return person if person and calendar_token(person) == token and version else None
