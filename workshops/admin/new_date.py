"""The page on which an event gets another date."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from workshops.domain.new_date import reschedule_workshop
from workshops.domain.workshop import people_to_tell
from workshops.forms.new_date import NewDateForm
from workshops.models import Workshop


@require_http_methods(["GET", "HEAD", "POST"])
def new_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Says how many people are told before anything happens."""
    workshop = get_object_or_404(Workshop, pk=pk)
    form = NewDateForm(request.POST if request.method == "POST" else None, initial={"starts_at": workshop.starts_at})
    if form.is_valid():
        try:
            reschedule_workshop(workshop=workshop, starts_at=form.cleaned_data["starts_at"], actor=current(request))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Der neue Termin steht: %(dates)s.") % {"dates": refreshed(workshop).dates})
            return redirect("admin:workshops_workshop_change", pk)
    context = {
        **admin.site.each_context(request),
        "title": _("Neuer Termin"),
        "opts": Workshop._meta,
        "workshop": workshop,
        "form": form,
        "people": len(people_to_tell(workshop)) if workshop.state != Workshop.State.DRAFT else 0,
    }
    return render(request, "workshops/admin/new_date.html", context, status=422 if form.errors else 200)


def refreshed(workshop: Workshop) -> Workshop:
    workshop.refresh_from_db()
    return workshop
