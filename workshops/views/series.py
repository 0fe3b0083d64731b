from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from stakeholders.paging import page_of
from workshops.models import Series, Workshop


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All dates of a series in order of time, those that are over as well."""
    series = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
    dates = Workshop.objects.visible_to(request.user).filter(series=series).order_by("starts_at", "pk")
    shown = dates.with_places_left().listed().select_related("district")
    context = {"series": series, "page_obj": page_of(shown, request.GET.get("page"))}
    return render(request, "workshops/series_detail.html", context)
