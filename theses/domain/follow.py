"""Who wants to be told when something happens to a thesis. Neither audited nor told to anybody else."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from theses.models import DigestEnd, Follow, Thesis


@transaction.atomic
def follow(*, thesis: Thesis, person: Stakeholder) -> None:
    """Open to everybody with an account, also before the profile is complete. A second click changes nothing."""
    thesis = Thesis.objects.only("state").get(pk=thesis.pk)
    if not thesis.is_public:
        raise Refusal(_("Dieser These können Sie nicht folgen, weil sie nicht veröffentlicht ist."))
    Follow.objects.bulk_create([Follow(thesis=thesis, person=person)], ignore_conflicts=True)


def unfollow(*, thesis: Thesis, person: Stakeholder) -> None:
    Follow.objects.filter(thesis=thesis, person=person).delete()


def followers_of(thesis: Thesis) -> models.QuerySet[Stakeholder]:
    """Those a mail can reach, in the order of their numbers."""
    people: models.QuerySet[Stakeholder] = Stakeholder.objects.filter(followed_theses__thesis=thesis, is_active=True)
    return people.filter(email__isnull=False).order_by("pk")


def followed_by(person: Stakeholder) -> models.QuerySet[Thesis]:
    """Whom they follow last stands first; only what a link needs."""
    return Thesis.objects.filter(followers__person=person).named().order_by("-followers__at", "-pk")


def end_digest(*, person: Stakeholder) -> None:
    """They follow what they follow, but are told only what does not wait for the daily summary."""
    DigestEnd.objects.bulk_create([DigestEnd(person=person)], ignore_conflicts=True)


def resume_digest(*, person: Stakeholder) -> None:
    DigestEnd.objects.filter(person=person).delete()
