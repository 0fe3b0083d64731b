"""Who may do what with a thesis; reading is decided by `Thesis.objects.visible_to`."""

from django.contrib.auth.models import AnonymousUser

from stakeholders.models import Stakeholder
from stakeholders.permissions import is_project_office, may_take_part
from theses.models import Thesis

Visitor = Stakeholder | AnonymousUser


def may_submit(user: Visitor) -> bool:
    return may_take_part(user)


def may_revise(user: Visitor, thesis: Thesis) -> bool:
    return user.is_authenticated and thesis.author_id == user.pk and thesis.state == Thesis.State.RETURNED


def may_change_evidence(user: Visitor, thesis: Thesis) -> bool:
    """Until it is decided on; what everybody reads has passed the project office together with its evidence."""
    waits = thesis.state in (Thesis.State.SUBMITTED, Thesis.State.RETURNED)
    return waits and user.is_authenticated and thesis.author_id == user.pk


def may_decide(user: Visitor, thesis: Thesis) -> bool:
    return is_project_office(user) and thesis.state == Thesis.State.SUBMITTED


def counts(user: Visitor) -> bool:
    """Project office and ministry conduct the process: they read the results and take no stance themselves."""
    return user.is_authenticated and user.role == Stakeholder.Role.STAKEHOLDER and not user.is_superuser


def may_take_stance(user: Visitor, thesis: Thesis) -> bool:
    """Authors may, on their own thesis too, and count like everybody: they are part of those concerned."""
    return counts(user) and may_take_part(user) and thesis.state == Thesis.State.PUBLISHED


def may_see_shares(user: Visitor, thesis: Thesis, *, has_stance: bool) -> bool:
    """Before the own answer nobody sees those of others, lest the crowd draws it along; at the end everybody does.

    The project office may show the shares of a single thesis at once (`Thesis.hides_shares`).
    """
    if thesis.state in (Thesis.State.CLOSED, Thesis.State.MERGED):
        return True
    conducts = user.is_authenticated and not counts(user)
    return thesis.state == Thesis.State.PUBLISHED and (has_stance or conducts or not thesis.hides_shares)


def may_contribute(user: Visitor, thesis: Thesis) -> bool:
    """The project office moderates: it answers, and opens no strand of its own."""
    open_thesis = thesis.state == Thesis.State.PUBLISHED
    return open_thesis and may_take_part(user) and not is_project_office(user)


def may_answer(user: Visitor, thesis: Thesis) -> bool:
    """What the project office answers is official."""
    return may_contribute(user, thesis) or (thesis.state == Thesis.State.PUBLISHED and is_project_office(user))


def may_mark_helpful(user: Visitor, thesis: Thesis) -> bool:
    """Those who take stances; project office and ministry do not weigh what others say."""
    return may_take_stance(user, thesis)
