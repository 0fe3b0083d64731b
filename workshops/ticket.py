"""What a confirmed place is shown with at the door: the address behind the QR code, and its pictures."""

import base64
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing import qr_code
from stakeholders.mails import Attachment
from workshops.models import Registration, Workshop
from workshops.tokens import token_for

PICTURE = "eintrittskarte"
"""Under this name the HTML of a mail shows the code."""


@dataclass(frozen=True)
class Ticket:
    """`code`: the address the project office opens at the door; `page`: where the person finds the ticket."""

    code: str
    page: str

    @property
    def svg(self) -> SafeString:
        return qr_code.svg(self.code, _("QR-Code der Eintrittskarte"))

    @property
    def picture(self) -> Attachment:
        return Attachment(
            name=_("eintrittskarte.png"),
            content_type="image/png",
            content=base64.b64encode(qr_code.png(self.code)).decode(),
            encoding="base64",
            cid=PICTURE,
        )


def is_valid(registration: Registration) -> bool:
    """Only while a place is confirmed at an event that is not called off."""
    stands = registration.workshop.state in (Workshop.State.PUBLISHED, Workshop.State.POSTPONED)
    return stands and registration.state == Registration.State.CONFIRMED


def ticket_of(registration: Registration) -> Ticket:
    token = token_for(registration)
    code, page = reverse("workshops:check_in", args=[token]), reverse("workshops:registration_ticket", args=[token])
    return Ticket(f"{settings.SITE_URL}{code}", f"{settings.SITE_URL}{page}")
