"""Those who asked to take part, for the project office to decide."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.paging import page_of
from stakeholders.permissions import current
from workshops.domain.admission import approve, refuse
from workshops.domain.place import free_places
from workshops.models import Registration, Workshop

State = Registration.State
MOST_REFUSED = 50
OUTCOMES = {
    State.CONFIRMED: gettext_lazy("%(name)s hat einen Platz."),
    State.WAITING: gettext_lazy("%(name)s steht auf der Warteliste."),
    State.REFUSED: gettext_lazy("%(name)s ist nicht zugelassen."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """In order of asking, with what each answered; one decision at a time, and the last refusals to think again."""
    workshop = get_object_or_404(Workshop, pk=pk)
    if request.method == "POST":
        decide(request, workshop)
        return redirect("admin:workshops_workshop_approval", pk)
    asking = workshop.registrations.filter(state=State.REQUESTED)
    refused = workshop.registrations.filter(state=State.REFUSED)
    rows = asking.select_related("person__group", "person__district", "organisation")
    context = {
        **admin.site.each_context(request),
        "title": _("Anfragen"),
        "opts": Workshop._meta,
        "workshop": workshop,
        "page_obj": page_of(rows.prefetch_related("answers__question").order_by("arrival"), request.GET.get("page")),
        "refused": refused.select_related("person").order_by("-arrival")[:MOST_REFUSED],
        "free": [(kind.label, free_places(workshop, kind).others) for kind in workshop.kinds],
    }
    return render(request, "workshops/admin/approval.html", context)


def decide(request: HttpRequest, workshop: Workshop) -> None:
    """The button names the person; the reason is only needed to refuse."""
    registration = get_object_or_404(Registration, workshop=workshop, pk=request.POST.get("registration") or 0)
    actor = current(request)
    try:
        if request.POST.get("action") == "approve":
            done = approve(registration=registration, actor=actor)
        else:
            reason = request.POST.get("reason", "")[:300]
            done = refuse(registration=registration, actor=actor, reason=reason)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return
    text = OUTCOMES.get(State(done.state), _("Der Stand von %(name)s hat sich inzwischen geändert."))
    messages.success(request, text % {"name": done.person})
