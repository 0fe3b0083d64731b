from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stakeholders.models import Stakeholder


def calibration(request: HttpRequest) -> HttpResponse:
    """What any page must do at least: one query, twenty rows, one template without a frame."""
    people = Stakeholder.objects.order_by("pk")[:20]
    return render(request, "bench/calibration.html", {"people": people})
