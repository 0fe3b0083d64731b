"""The project office registers somebody who called, wrote or came by."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.domain.refusal import Refusal
from stakeholders.models import Channel, Stakeholder
from stakeholders.paging import page_of
from stakeholders.permissions import current, project_office_only
from workshops.domain.registration import register
from workshops.forms.recording import RecordedRegistrationForm
from workshops.models import Registration, Workshop


@require_safe
@project_office_only
def registration_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Events that have not begun, for one person."""
    person = get_object_or_404(Stakeholder.objects.taking_part(), pk=pk)
    workshops = Workshop.objects.filter(state=Workshop.State.PUBLISHED, starts_at__gt=timezone.now())
    page = page_of(workshops.order_by("starts_at", "pk"), request.GET.get("page"))
    held = Registration.objects.filter(person=person, workshop__in=[row.pk for row in page]).current()
    context = {"person": person, "page_obj": page, "held": set(held.values_list("workshop_id", flat=True))}
    return render(request, "workshops/registration_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def registration_record(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = get_object_or_404(Stakeholder.objects.taking_part(), pk=pk)
    workshop = get_object_or_404(Workshop.objects.visible_to(request.user).with_places_left(), slug=slug)
    form = RecordedRegistrationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        channel = Channel(form.cleaned_data["channel"])
        try:
            row = register(workshop=workshop, person=person, actor=current(request), channel=channel)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, told(row))
            return redirect(reverse("workshops:registration_choose", args=[pk]))
    context = {"form": form, "person": person, "workshop": workshop}
    return render(request, "workshops/registration_record.html", context, status=422 if form.errors else 200)


def told(row: Registration) -> str:
    waiting = row.state == Registration.State.WAITING
    values = {"name": row.person, "workshop": row.workshop}
    if waiting:
        return _("%(name)s steht auf der Warteliste: %(workshop)s.") % values
    return _("%(name)s ist angemeldet: %(workshop)s.") % values
