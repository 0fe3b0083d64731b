"""The personal link of an enquiry: signed, and valid as long as the enquiry exists."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from stakeholders.models import Enquiry


def token_for(enquiry: Enquiry) -> str:
    return _signer().sign(str(enquiry.pk))


def link_to(enquiry: Enquiry) -> str:
    """For mails: absolute, in the language of the enquiry."""
    with translation.override(enquiry.language):
        return settings.SITE_URL + reverse("stakeholders:enquiry_detail", args=[token_for(enquiry)])


def find_enquiry(token: str) -> Enquiry | None:
    """None for a tampered link and for an enquiry that was deleted."""
    try:
        number = _signer().unsign(token)
    except BadSignature:
        return None
    return Enquiry.objects.filter(pk=number).first()


def _signer() -> Signer:
    return Signer(salt="stakeholders.enquiry", sep="~")
