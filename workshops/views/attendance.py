"""The door: the ticket of a person leads the project office here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current, project_office_only
from workshops.domain.attendance import check_attendance, mark_attended
from workshops.models import Registration
from workshops.tokens import find
from workshops.views.registration import PAGE_METHODS


@never_cache
@require_http_methods(PAGE_METHODS)
@project_office_only
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """Shows whose ticket it is and asks; only the button notes that the person is there."""
    registration = find(Registration, code)
    if registration is None:
        return render(request, "workshops/check_in.html", status=404)
    if request.method == "POST":
        try:
            mark_attended(registration=registration, actor=current(request))
            messages.success(request, _("%(name)s ist da.") % {"name": registration.person})
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        return redirect("workshops:check_in", code=code)
    context = {
        "registration": registration,
        "workshop": registration.workshop,
        "person": registration.person,
        "problem": problem_of(registration),
    }
    return render(request, "workshops/check_in.html", context)


def problem_of(registration: Registration) -> str:
    """Why the person cannot be let in; empty if they can."""
    try:
        check_attendance(registration)
    except Refusal as refusal:
        return refusal.sentence
    return ""
