from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.domain.organisation import change_organisation, destination, similar
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.forms.organisation import OrganisationForm
from stakeholders.models import Mandate, Organisation, Stakeholder
from stakeholders.permissions import current, decides_for

SUGGESTIONS = 10


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is and who speaks for it. The old address of one that was merged leads on for good."""
    rows = Organisation.objects.select_related("group", "district", "merged_into")
    organisation = get_object_or_404(rows, slug=slug)
    if organisation.merged_into:
        return redirect(destination(organisation), permanent=True)
    mandates = Mandate.objects.valid().filter(organisation=organisation, person__is_active=True)
    person = request.user
    context = {
        "organisation": organisation,
        "speakers": mandates.select_related("person").order_by("person__last_name", "person__first_name", "pk"),
        "may_edit": isinstance(person, Stakeholder) and decides_for(person, organisation),
    }
    return render(request, "stakeholders/organisation_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.listed(), slug=slug)
    person = current(request)
    if not decides_for(person, organisation):
        raise Http404
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            change_organisation(organisation=organisation, actor=person, answers=form.answers(), version=version)
        except StaleSave as refusal:
            form.catch_up(refusal)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Die Angaben sind gespeichert."))
            return redirect(organisation)
    context = {"form": form, "organisation": organisation}
    return render(request, "stakeholders/organisation_edit.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def organisation_suggestions(request: HttpRequest) -> HttpResponse:
    """Known names that contain or resemble what was typed, as options of a list."""
    found = similar(request.GET.get("organisation_name", ""))[:SUGGESTIONS]
    return render(request, "stakeholders/organisation_suggestions.html", {"organisations": found})
