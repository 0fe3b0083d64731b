"""Personal links that end mails about theses: signed, for one person, without a name in them."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from stakeholders.models import Stakeholder
from theses.models import Follow, Thesis


@dataclass(frozen=True)
class Following:
    """What a link is about; `follow` is None once it has ended."""

    thesis: Thesis
    follow: Follow | None


def end_link(thesis: Thesis, person: Stakeholder) -> str:
    """Valid for good: who finds an old mail must be able to end it."""
    token = _signer().sign(f"{thesis.pk}.{person.pk}")
    with translation.override(person.language):
        return settings.SITE_URL + reverse("theses:follow_end", args=[token])


def digest_link(person: Stakeholder) -> str:
    """To the page where the daily summary is ended and taken up again; valid for good."""
    with translation.override(person.language):
        return settings.SITE_URL + digest_path(person)


def digest_path(person: Stakeholder) -> str:
    return reverse("theses:digest_choice", args=[_digest_signer().sign(str(person.pk))])


def find_digest_reader(token: str) -> Stakeholder | None:
    """None for a tampered link, and when the account is gone."""
    try:
        number = _digest_signer().unsign(token)
    except BadSignature:
        return None
    person: Stakeholder | None = Stakeholder.objects.filter(pk=number, is_active=True).first()
    return person


def one_click(link: str) -> dict[str, str]:
    """Headers by which mail programs offer to end such mails (RFC 2369), and press the link on their own (RFC 8058)."""
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def find_following(token: str) -> Following | None:
    """None for a tampered link, and when the thesis is not public any more."""
    try:
        thesis_number, _dot, person_number = _signer().unsign(token).partition(".")
    except BadSignature:
        return None
    thesis = Thesis.objects.filter(pk=thesis_number, state__in=Thesis.PUBLIC_STATES).first()
    if thesis is None:
        return None
    return Following(thesis, Follow.objects.filter(thesis=thesis, person=int(person_number)).first())


def _signer() -> Signer:
    return Signer(salt="theses.follow.end", sep="~")


def _digest_signer() -> Signer:
    return Signer(salt="theses.digest.end", sep="~")
