from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from stakeholders.models import Stakeholder
from stakeholders.permissions import current
from workshops.models import Registration, Workshop


def calibration(request: HttpRequest) -> HttpResponse:
    """What any page must do at least: one query, twenty rows, one template without a frame."""
    people = Stakeholder.objects.order_by("pk")[:20]
    return render(request, "bench/calibration.html", {"people": people})


@require_POST
@login_required
def insert(request: HttpRequest, slug: str) -> HttpResponse:
    """What registering must do at least: find the event, insert one row, answer. Nothing is locked, checked or told."""
    person = current(request)
    workshop = get_object_or_404(Workshop, slug=slug)
    Registration.objects.create(
        workshop=workshop,
        person=person,
        state=Registration.State.CANCELLED,
        arrival=1_000_000 + person.pk,
        registered_at=timezone.now(),
    )
    return redirect(workshop)
