import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from workshops.forms.workshop_filter import WorkshopFilterForm
from workshops.models import Workshop
from workshops.reports.month import bounds, is_in_reach, month

ADDRESS = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@require_safe
def month_now(request: HttpRequest) -> HttpResponse:
    return month_page(request, timezone.localdate().replace(day=1))


@require_safe
def month_detail(request: HttpRequest, number: str) -> HttpResponse:
    """`number` is written like 2027-03."""
    found = ADDRESS.fullmatch(number)
    first = date(int(found[1]), int(found[2]), 1) if found and int(found[1]) else None
    if first is None or not is_in_reach(first):
        raise Http404
    return month_page(request, first)


def month_page(request: HttpRequest, first: date) -> HttpResponse:
    form = WorkshopFilterForm(request.GET)
    chosen = form.chosen()
    start, end = bounds(first)
    rows = Workshop.objects.between(start, end).filter(**chosen).listed()
    context = {"month": month(first, rows), "form": form, "filtered": bool(chosen), "measure": chosen.get("measures")}
    return render(request, "workshops/workshop_month.html", context)
