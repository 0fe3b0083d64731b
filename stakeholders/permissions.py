"""Who may do what; one predicate per action. Where a rule refuses, a page answers 404, so that it tells nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from stakeholders.models import Mandate, Organisation, Stakeholder

View: TypeAlias = Callable[..., HttpResponse]


def is_project_office(user: Stakeholder | AnonymousUser) -> bool:
    return user.is_authenticated and user.is_staff


def may_read_reports(user: Stakeholder | AnonymousUser) -> bool:
    """The ministry, and the project office that prepares the reports."""
    return user.is_authenticated and (user.is_staff or user.role == Stakeholder.Role.MINISTRY)


def may_take_part(user: Stakeholder | AnonymousUser) -> bool:
    """Theses, stances and ratings need a complete profile, because the declared group decides how they count, and one
    that the person knows of: whom the office recorded takes over the account first.
    """
    return user.is_authenticated and user.is_claimed and user.has_complete_profile


def decides_for(person: Stakeholder, organisation: Organisation) -> bool:
    """Mandated speakers decide about mandates and the page of their organisation; deputies speak, and no more."""
    return Mandate.objects.valid().speakers().filter(person=person, organisation=organisation).exists()


def may_decide_on_mandate(actor: Stakeholder, mandate: Mandate) -> bool:
    return actor.pk != mandate.person_id and (is_project_office(actor) or decides_for(actor, mandate.organisation))


def current(request: HttpRequest) -> Stakeholder:
    """The signed-in person of a view that refuses guests; a guest here is a fault of the view."""
    user = request.user
    if not isinstance(user, Stakeholder):
        raise TypeError("This view must refuse guests before it asks who is signed in.")
    return user


def signed_in_person(request: HttpRequest) -> Stakeholder | None:
    """For views that are open to guests too."""
    return request.user if isinstance(request.user, Stakeholder) else None


def complete_profile_required(view: View) -> View:
    """A guest is led to sign in, whom the office recorded to what is stored about them, somebody without group or
    district to their profile; all come back after.
    """

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if may_take_part(request.user):
            return view(request, *args, **kwargs)
        here = urlencode({"next": request.get_full_path()})
        if not current(request).is_claimed:
            return redirect(f"{reverse('claim')}?{here}")
        messages.info(request, _("Bitte ergänzen Sie zuerst Ihr Profil. Danach geht es hier weiter."))
        return redirect(f"{reverse('stakeholders:profile')}?{here}")

    return guarded


def report_readers_only(view: View) -> View:
    """A guest is led to sign in; everybody else without the right gets 404."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read_reports(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def project_office_only(view: View) -> View:
    """The office's own pages: a guest is led to sign in; everybody else without the right gets 404."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_project_office(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
