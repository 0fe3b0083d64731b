from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workshops import ticket
from workshops.domain.programme import chosen_sessions
from workshops.models import Registration
from workshops.tokens import find


@never_cache
@require_safe
def registration_ticket(request: HttpRequest, token: str) -> HttpResponse:
    """For the screen of a phone, or printed."""
    registration = find(Registration, token)
    if registration is None:
        return render(request, "workshops/link_unknown.html", status=404)
    if not ticket.is_valid(registration):
        messages.info(request, _("Eine Eintrittskarte gibt es, solange Sie einen bestätigten Platz haben."))
        return redirect("workshops:registration_manage", token=token)
    context = {
        "registration": registration,
        "workshop": registration.workshop,
        "person": registration.person,
        "ticket": ticket.ticket_of(registration),
        "sessions": chosen_sessions(registration),
        "token": token,
    }
    return render(request, "workshops/registration_ticket.html", context)
