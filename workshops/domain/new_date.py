"""Another date for an event, with everything that hangs on it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from workshops.domain.place import lock
from workshops.domain.workshop import change_workshop, publish_workshop
from workshops.models import Session, Workshop

BERLIN = ZoneInfo("Europe/Berlin")
DATES = ("starts_at", "ends_at", "registration_closes_at", "moves_up_until")
State = Workshop.State


def distance(before: datetime, after: datetime) -> timedelta:
    """As the calendar on the wall shows it: from Saturday to Sunday at the same hour is one day in any week."""
    return _on_the_wall(after) - _on_the_wall(before)


def moved(moment: datetime, by: timedelta) -> datetime:
    """So far by the calendar on the wall: what begins at 18:30 still does after the change to summer time."""
    return (_on_the_wall(moment) + by).replace(tzinfo=BERLIN)


def _on_the_wall(moment: datetime) -> datetime:
    return timezone.localtime(moment, BERLIN).replace(tzinfo=None)


def move_dates(workshop: Workshop, starts_at: datetime) -> timedelta:
    """Sets the dates of this copy, without storing it; how far they moved."""
    by = distance(workshop.starts_at, starts_at)
    for name in DATES:
        if (moment := getattr(workshop, name)) is not None:
            setattr(workshop, name, moved(moment, by))
    return by


@transaction.atomic
def reschedule_workshop(*, workshop: Workshop, starts_at: datetime, actor: Stakeholder) -> Workshop:
    """Move an event with its programme and its deadlines to a new start; a postponed one is thereby on again.

    Everybody concerned is told once. The same date again changes nothing.
    """
    locked = lock(workshop)
    if locked.state == State.CANCELLED:
        raise Refusal(_("„%(title)s“ ist abgesagt und bekommt keinen neuen Termin.") % {"title": locked})
    if locked.state == State.PUBLISHED and locked.has_begun:
        raise Refusal(_("„%(title)s“ hat schon begonnen.") % {"title": locked})
    if starts_at <= timezone.now():
        raise Refusal(_("Der neue Beginn muss in der Zukunft liegen."), field="starts_at")
    if by := move_dates(locked, starts_at):
        sessions = list(Session.objects.filter(workshop=locked))
        for session in sessions:
            session.starts_at, session.ends_at = moved(session.starts_at, by), moved(session.ends_at, by)
        Session.objects.bulk_update(sessions, ["starts_at", "ends_at"])
        locked = change_workshop(workshop=locked, actor=actor)
    return publish_workshop(workshop=locked, actor=actor) if locked.state == State.POSTPONED else locked
