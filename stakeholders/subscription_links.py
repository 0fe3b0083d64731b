"""Personal links about the newsletter: signed, and bound to one subscription, so that no address stands in them."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse
from django.utils import translation

from stakeholders.models import Subscription

CONFIRM_WITHIN = timedelta(days=7)


def confirm_link(subscription: Subscription) -> str:
    """Valid for a week and for this request alone: after a later request or an end it confirms nothing."""
    value = f"{subscription.pk}.{_request_number(subscription)}"
    return _link("stakeholders:newsletter_confirm", _confirming().sign(value), subscription.language)


def end_link(subscription: Subscription) -> str:
    """Valid as long as the subscription: who finds an old issue must be able to end it."""
    return _link("stakeholders:newsletter_end", _ending().sign(str(subscription.pk)), subscription.language)


def find_to_confirm(token: str) -> Subscription | None:
    """None for a tampered or expired link, and for one that a later request replaced."""
    try:
        number, _dot, request = _confirming().unsign(token, max_age=CONFIRM_WITHIN).partition(".")
    except BadSignature:
        return None
    subscription = Subscription.objects.filter(pk=number).exclude(state=Subscription.State.ENDED).first()
    return subscription if subscription and str(_request_number(subscription)) == request else None


def find_to_end(token: str) -> Subscription | None:
    try:
        number = _ending().unsign(token)
    except BadSignature:
        return None
    return Subscription.objects.filter(pk=number).first()


def _request_number(subscription: Subscription) -> int:
    return int(subscription.requested_at.timestamp() * 1_000_000)


def _confirming() -> TimestampSigner:
    return TimestampSigner(salt="stakeholders.newsletter.confirm", sep="~")


def _ending() -> Signer:
    return Signer(salt="stakeholders.newsletter.end", sep="~")


def _link(name: str, token: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=[token])
