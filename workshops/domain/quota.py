"""How many people of one organisation an event takes."""

from django.db.models import F, Sum
from django.utils.translation import ngettext

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Organisation
from workshops.models import Registration


def check_quota(registration: Registration) -> None:
    """So many people of one organisation, waiting ones and companions included. Raises Refusal when there are more.

    Needs the lock of the event.
    """
    workshop = registration.workshop
    if workshop.organisation_quota is None or registration.organisation is None:
        return
    organisation = registration.organisation
    others = Registration.objects.filter(workshop=workshop, organisation=organisation).current()
    taken: int = others.exclude(pk=registration.pk).aggregate(seats=Sum(F("companions") + 1, default=0))["seats"]
    if taken + registration.seats > workshop.organisation_quota:
        raise quota_exceeded(organisation, workshop.organisation_quota)


def quota_exceeded(organisation: Organisation, quota: int) -> Refusal:
    text = ngettext(
        "Aus der Organisation „%(name)s“ kann höchstens %(n)d Person teilnehmen. Sie ist schon angemeldet.",
        "Aus der Organisation „%(name)s“ können höchstens %(n)d Personen teilnehmen, mit Begleitung gezählt. "
        "So viele Plätze sind nicht mehr frei.",
        quota,
    )
    return Refusal(text % {"name": organisation, "n": quota})
