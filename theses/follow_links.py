"""Personal links that end following a thesis: signed, for one thesis and one person, without a name in them."""

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
