"""Accounts that nobody uses any more: two warnings by mail, then the erasure. Signing in stops it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Greatest

from portal.domain.erasure import erase_account, lock_person
from stakeholders.domain.outbox import post
from stakeholders.domain.refusal import Refusal
from stakeholders.mails import render_message
from stakeholders.models import OutgoingMail, Stakeholder
from workshops.privacy import upcoming

LAST_ACTIVITY = Greatest("date_joined", "last_login", "last_active_at", "claimed_at")
"""GREATEST leaves out what is NULL."""

AT_A_TIME = 500
"""People per run; the next one goes on."""

REACHED = (OutgoingMail.State.SENT, OutgoingMail.State.FAILED)
"""A warning that could not be delivered has been tried; one that waits or was withdrawn warns nobody."""


def ends_at(person: Stakeholder) -> datetime:
    """When the account is erased if the person never comes back."""
    return last_activity(person) + timedelta(days=settings.RETENTION["inactive_accounts"])


def last_activity(person: Stakeholder) -> datetime:
    moments = (person.date_joined, person.last_login, person.last_active_at, person.claimed_at)
    return max(moment for moment in moments if moment)


def inactive_staff(*, now: datetime) -> models.QuerySet[Stakeholder]:
    """Never erased by the clock, because somebody must keep the key; the administration lists them."""
    before = now - timedelta(days=settings.RETENTION["inactive_accounts"])
    staff = ~models.Q(role=Stakeholder.Role.STAKEHOLDER) | models.Q(is_superuser=True)
    people: models.QuerySet[Stakeholder] = Stakeholder.objects.filter(staff, is_active=True)
    return people.annotate(activity=LAST_ACTIVITY).filter(activity__lte=before)


def erase_inactive(*, now: datetime) -> int:
    """Warns whoever is near the end, and erases whoever was warned twice in time; how many were erased.

    However long nothing ran: between the first warning and the erasure lie thirty days, after the second seven.
    """
    first, last = _days("inactive_first_warning"), _days("inactive_last_warning")
    erased = 0
    for person in _unused_since(now - _days("inactive_accounts") + first):
        end = ends_at(person)
        warned = _warn(person, "first", now, first)
        if end - last <= now and warned and warned <= now - first + last:
            warned_again = _warn(person, "last", now, last)
            if end <= now and warned <= now - first and warned_again and warned_again <= now - last:
                erased += _erase_unless_back(person)
    return erased


def erase_unclaimed(*, now: datetime) -> int:
    """People whom the office wrote down or imported and who never used the portal."""
    rows = Stakeholder.objects.taking_part().exclude(origin=Stakeholder.Origin.SELF).filter(claimed_at__isnull=True)
    over = rows.annotate(activity=LAST_ACTIVITY).filter(activity__lte=now - _days("unclaimed_contacts"))
    return sum(_erase_unless_back(person, "unclaimed_contacts") for person in over.order_by("pk")[:AT_A_TIME])


def _unused_since(moment: datetime) -> models.QuerySet[Stakeholder]:
    """Of those who use the portal themselves and can be warned."""
    own = models.Q(origin=Stakeholder.Origin.SELF) | models.Q(claimed_at__isnull=False)
    role = Stakeholder.Role.STAKEHOLDER
    people: models.QuerySet[Stakeholder] = Stakeholder.objects.filter(own, role=role, is_superuser=False)
    reachable = people.filter(email__isnull=False).annotate(activity=LAST_ACTIVITY)
    return reachable.filter(activity__lte=moment).order_by("activity", "pk")


def _warn(person: Stakeholder, which: str, now: datetime, before: timedelta) -> datetime | None:
    """When the warning reached the mail server; None while it has not. Posting it twice sends it once.

    The key names the last activity, so that whoever came back and left again is warned anew.
    """
    key = f"inactive:{person.pk}:{which}:{last_activity(person).isoformat()}"
    mail = OutgoingMail.objects.filter(key=key).first()
    if mail is None:
        context: dict[str, object] = {"ends_at": max(ends_at(person), now + before)}
        post(render_message("portal/inactive", key=key, kind="inactive", person=person, context=context), due_at=now)
        return None
    return mail.due_at if mail.state in REACHED else None


@transaction.atomic
def _erase_unless_back(person: Stakeholder, purpose: str = "inactive_accounts") -> int:
    """Looks again under the lock, which signing in waits for. Whoever is registered for an event comes back."""
    locked = lock_person(person)
    if locked is None or last_activity(locked) != last_activity(person) or upcoming(locked).exists():
        return 0
    try:
        return int(erase_account(person=locked, reason=purpose))
    except Refusal:
        return 0


def _days(purpose: str) -> timedelta:
    return timedelta(days=settings.RETENTION[purpose])
