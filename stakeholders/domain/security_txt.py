"""What RFC 9116 asks of a security.txt, as far as an office can get it wrong."""

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal

FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):[ \t]+(\S.*)$")
ONCE = ("expires", "preferred-languages")
ADDRESSES = ("contact", "acknowledgments", "canonical", "encryption", "hiring", "policy", "csaf")
SCHEMES = ("https://", "mailto:", "tel:", "openpgp4fpr:", "dns:")
LONGEST_TIME = timedelta(days=366)
HALF_A_YEAR = timedelta(days=180)


def text_of_software() -> str:
    """What stands until the office has published a version; always half a year ahead."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + HALF_A_YEAR
    context = {"site_url": settings.SITE_URL, "secure": settings.SECURE, "expires": expires.isoformat()}
    return render_to_string("pages/security.txt", context)


def check_security_txt(text: str) -> None:
    """Raises Refusal with the first thing that is wrong: section 2.5 of RFC 9116 names the fields and how often."""
    fields = [_field(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    names = [name for name, _value in fields]
    if "contact" not in names:
        raise Refusal(_("Es fehlt eine Zeile „Contact: mailto:…“ oder „Contact: https://…“."), "body")
    if "expires" not in names:
        raise Refusal(_("Es fehlt die Zeile „Expires:“ mit dem Tag, bis zu dem die Angaben gelten."), "body")
    for name in ONCE:
        if names.count(name) > 1:
            raise Refusal(_("Die Zeile „%(name)s:“ darf nur einmal vorkommen.") % {"name": name.capitalize()}, "body")
    for name, value in fields:
        if name in ADDRESSES and not value.startswith(SCHEMES):
            sentence = _("„%(value)s“ ist keine Adresse, wie sie hier stehen darf: https://…, mailto:… oder tel:…")
            raise Refusal(sentence % {"value": value[:60]}, "body")
        if name == "expires":
            _check_expiry(value)


def _field(line: str) -> tuple[str, str]:
    found = FIELD.match(line)
    if not found:
        raise Refusal(_("Die Zeile „%(line)s“ hat nicht die Form „Name: Wert“.") % {"line": line[:60]}, "body")
    return found[1].lower(), found[2].strip()


def _check_expiry(value: str) -> None:
    try:
        day = datetime.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.tzinfo is None:
        sentence = _("„Expires:“ braucht Tag, Uhrzeit und Zeitzone in der Form 2027-01-31T23:59:59Z.")
        raise Refusal(sentence, "body")
    now = timezone.now()
    if not now < day <= now + LONGEST_TIME:
        raise Refusal(_("„Expires:“ muss in der Zukunft liegen, höchstens ein Jahr von heute an."), "body")
