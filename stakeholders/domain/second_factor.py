"""Who needs a second factor besides password or code by mail, and which one must stay."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What proves possession. Recovery codes are no factor: they stand in for a lost one."""

TOTP_SECONDS = 30
"""For how long an app shows a code, RFC 6238; one such step before and after is accepted too."""


def has_second_factor(person: Stakeholder) -> bool:
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists())


def refuse_removal(authenticator: Authenticator) -> None:
    """Refuses to take away the only factor of somebody who must have one, or what demonstrations show to everybody."""
    person: Stakeholder = authenticator.user
    if is_shown(person) and authenticator.type == Authenticator.Type.TOTP:
        raise Refusal(_("In der Demonstration bleibt dieser zweite Faktor, damit alle sich anmelden können."))
    others = Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exclude(pk=authenticator.pk)
    if person.needs_second_factor and not others.exists():
        raise Refusal(
            _(
                "Mit Ihren Rechten brauchen Sie einen zweiten Faktor. "
                "Richten Sie zuerst einen anderen ein, dann entfernen Sie diesen."
            )
        )


def is_shown(person: Stakeholder) -> bool:
    """Whether the page that asks for the second factor may show the code: invented people in demonstrations."""
    return bool(settings.DEMO and person.demo)


def demo_code(person: Stakeholder) -> str | None:
    """What an app would show for this invented person now; None for everybody else."""
    row = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).first()
    if row is None or not is_shown(person):
        return None
    return str(format_hotp_value(hotp_value(row.data["secret"], int(timezone.now().timestamp()) // TOTP_SECONDS)))


def release_demo_code(person: Stakeholder, code: str) -> None:
    """Several visitors share one invented person, also within the half minute in which a code may be used only once."""
    row = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).first()
    if row is not None and is_shown(person):
        cache.delete(TOTP(row)._get_used_cache_key(code))


def hold_used_code(authenticator: Authenticator, code: str) -> None:
    """allauth forgets after one step that a code was used, but with tolerance it would be accepted for three."""
    if authenticator.type == Authenticator.Type.TOTP:
        cache.set(TOTP(authenticator)._get_used_cache_key(code), "y", timeout=3 * TOTP_SECONDS)
