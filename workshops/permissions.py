"""Who may do what with events; `Workshop.objects.visible_to` says who sees them."""

from datetime import datetime

from django.utils import timezone

from workshops.models import Workshop


def may_register(workshop: Workshop, *, invited: bool) -> bool:
    """While registration is open; where it is not for everybody, only with an invitation."""
    return workshop.registration_is_open and (workshop.open_registration or invited)


def may_free_place(workshop: Workshop) -> bool:
    """Until the event begins, also after the deadline: somebody on the waiting list is glad. While an event is
    postponed its old start does not count."""
    stands = workshop.state in (Workshop.State.PUBLISHED, Workshop.State.POSTPONED)
    return stands and not (workshop.has_begun and workshop.state == Workshop.State.PUBLISHED)


def may_invite(workshop: Workshop) -> bool:
    return workshop.registration_is_open


def may_move_up(workshop: Workshop) -> bool:
    """Until the moment the project office has set, at the latest until the event begins."""
    published = workshop.state == Workshop.State.PUBLISHED
    return published and may_free_place(workshop) and timezone.now() < workshop.moving_up_ends_at


def may_change_registration(workshop: Workshop) -> bool:
    return workshop.registration_is_open


def may_choose_sessions(workshop: Workshop) -> bool:
    """Until the event begins, because who moves up late has not chosen yet."""
    return workshop.state == Workshop.State.PUBLISHED and not workshop.has_begun


def is_running(workshop: Workshop, now: datetime) -> bool:
    """From the first to the last minute of an event that takes place."""
    return workshop.state == Workshop.State.PUBLISHED and workshop.starts_at <= now < workshop.ends_at
