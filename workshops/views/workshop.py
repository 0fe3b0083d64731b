from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from stakeholders.paging import page_of
from workshops import permissions
from workshops.forms.workshop_filter import WorkshopFilterForm
from workshops.models import Workshop
from workshops.reports.workshop import about, own
from workshops.tokens import token_for


@require_safe
def workshop_list(request: HttpRequest) -> HttpResponse:
    """What is coming, or with `?archiv=1` what has been."""
    form = WorkshopFilterForm(request.GET)
    archive = request.GET.get("archiv") == "1"
    chosen = form.chosen()
    workshops = Workshop.objects.past() if archive else Workshop.objects.upcoming().with_places_left()
    shown = workshops.filter(**chosen).listed().select_related("district")
    context = {
        "page_obj": page_of(shown, request.GET.get("page")),
        "form": form,
        "view": "archive" if archive else "upcoming",
        "filtered": bool(chosen),
        "measure": chosen.get("measures"),
    }
    return render(request, "workshops/workshop_list.html", context)


@require_safe
def workshop_detail(request: HttpRequest, slug: str) -> HttpResponse:
    mine = own(slug, request.user)
    visible = Workshop.objects.visible_to(request.user).with_places_left(entitled=mine.invited)
    workshop = get_object_or_404(visible.select_related("district", "series"), slug=slug)
    context = {
        "workshop": workshop,
        "places": workshop.places,
        "registration": mine.registration,
        "own_sessions": mine.sessions,
        "may_register": permissions.may_register(workshop, invited=mine.invited),
        "may_free_place": permissions.may_free_place(workshop),
        "token": token_for(mine.registration) if mine.registration else "",
        "about": about(workshop, request.user, mine),
    }
    return render(request, "workshops/workshop_detail.html", context)
