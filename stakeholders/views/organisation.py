from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from stakeholders.models import Organisation

SUGGESTIONS = 10


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.select_related("group", "district"), slug=slug)
    return render(request, "stakeholders/organisation_detail.html", {"organisation": organisation})


@login_required
@require_safe
def organisation_suggestions(request: HttpRequest) -> HttpResponse:
    """Known names that contain what was typed, as options of the profile's list."""
    typed = request.GET.get("organisation_name", "").replace("\x00", "").strip()[:160]
    found = Organisation.objects.filter(name__icontains=typed)[:SUGGESTIONS] if typed else []
    return render(request, "stakeholders/organisation_suggestions.html", {"organisations": found})
