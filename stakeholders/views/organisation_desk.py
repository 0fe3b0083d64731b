from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stakeholders.domain.selection import active_since
from stakeholders.forms.organisation_filter import OrganisationFilterForm
from stakeholders.models import Organisation, Stakeholder
from stakeholders.paging import page_of
from stakeholders.permissions import project_office_only


@require_safe
@project_office_only
def organisation_desk(request: HttpRequest) -> HttpResponse:
    """What the filter does not understand is told beside it, and nothing is listed."""
    form = OrganisationFilterForm(request.GET)
    rows = _found(form.cleaned_data) if form.is_valid() else Organisation.objects.none()
    context = {"form": form, "page_obj": page_of(rows, request.GET.get("page"))}
    return render(request, "stakeholders/organisation_desk.html", context)


def _found(wanted: dict[str, Any]) -> QuerySet[Organisation]:
    """Numbers of people are asked for the rows of a page only."""
    people = Stakeholder.objects.taking_part().filter(organisation=OuterRef("pk")).order_by()
    active = people.filter(last_active_at__gte=active_since())
    rows = Organisation.objects.listed().select_related("group", "district")
    if wanted["q"]:
        words = wanted["q"].replace("\x00", " ").strip()
        rows = rows.filter(Q(name__icontains=words) | Q(name__trigram_word_similar=words))
    if wanted["gruppe"]:
        rows = rows.filter(group=wanted["gruppe"])
    if wanted["kreis"]:
        rows = rows.filter(district=wanted["kreis"])
    if wanted["aktive"]:
        rows = rows.filter(Exists(active) if wanted["aktive"] == "ja" else ~Exists(active))
    return rows.annotate(people_count=_number(people), active_count=_number(active)).order_by("name", "pk")


def _number(people: QuerySet[Stakeholder]) -> Coalesce:
    return Coalesce(Subquery(people.values("organisation").annotate(number=Count("pk")).values("number")), 0)
