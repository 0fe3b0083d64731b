from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from stakeholders.paging import page_of
from theses.models import AgendaItem
from workshops import permissions
from workshops.forms.workshop_filter import WorkshopFilterForm
from workshops.models import Invitation, Registration, Workshop
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
        "archive": archive,
        "filtered": bool(chosen),
        "measure": chosen.get("measures"),
    }
    return render(request, "workshops/workshop_list.html", context)


@require_safe
def workshop_detail(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Workshop.objects.visible_to(request.user).with_places_left().select_related("district")
    workshop = get_object_or_404(visible, slug=slug)
    registration, invited = None, False
    if request.user.is_authenticated:
        registration = Registration.objects.filter(workshop=workshop, person=request.user).current().first()
        invited = Invitation.objects.sent().filter(workshop=workshop, person=request.user).exists()
    context = {
        "workshop": workshop,
        "registration": registration,
        "may_register": permissions.may_register(workshop, invited=invited),
        "may_free_place": permissions.may_free_place(workshop),
        "token": token_for(registration) if registration else "",
        "measures": workshop.measures.all(),
        "agenda_items": _agenda_items(workshop),
    }
    return render(request, "workshops/workshop_detail.html", context)


def _agenda_items(workshop: Workshop) -> Iterable[AgendaItem]:
    if workshop.agenda_id is None:
        return ()
    return AgendaItem.objects.filter(agenda=workshop.agenda_id).select_related("thesis")
