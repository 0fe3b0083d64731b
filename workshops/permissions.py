"""Who may do what with events; `Workshop.objects.visible_to` says who sees them."""

from workshops.models import Workshop


def may_register(workshop: Workshop, *, invited: bool) -> bool:
    """While registration is open; where it is not for everybody, only with an invitation."""
    return workshop.registration_is_open and (workshop.open_registration or invited)


def may_free_place(workshop: Workshop) -> bool:
    """A place can be freed until the event begins, also after the deadline: somebody on the waiting list is glad."""
    return workshop.state == Workshop.State.PUBLISHED and not workshop.has_begun


def may_invite(workshop: Workshop) -> bool:
    return workshop.registration_is_open
