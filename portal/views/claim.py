from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.domain.claim import decline_account
from stakeholders.domain.claim import claim_account
from stakeholders.forms.claim import ClaimForm, DeclineForm
from stakeholders.models import ConsentEvent, Stakeholder
from stakeholders.permissions import current
from stakeholders.views.profile import next_address


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Shows what the office stored and from where (Art. 14 GDPR), and lets the person take it over or delete it."""
    person = current(request)
    if person.is_claimed:
        return redirect(next_address(request))
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        claim_account(person=person)
        messages.success(request, _("Der Zugang gehört jetzt Ihnen. Bitte prüfen Sie Ihre Angaben."))
        return redirect(f"{reverse('stakeholders:profile')}?{urlencode({'next': next_address(request)})}")
    context = stored_about(person) | {"form": form, "decline_form": DeclineForm()}
    return render(request, "portal/claim.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def claim_decline(request: HttpRequest) -> HttpResponse:
    person = current(request)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        context = stored_about(person) | {"form": ClaimForm(), "decline_form": form}
        return render(request, "portal/claim.html", context, status=422)
    if not decline_account(person=person):
        messages.error(request, _("Sie haben den Zugang schon übernommen. Dort können Sie ihn auch löschen."))
        return redirect("dashboard")
    logout(request)
    messages.success(request, _("Alle Angaben über Sie sind gelöscht."))
    return redirect("home")


def stored_about(person: Stakeholder) -> dict[str, object]:
    """All that is held on somebody who has never used the portal; the history at its newest end."""
    consents = ConsentEvent.objects.filter(person=person)
    return {
        "person": Stakeholder.objects.select_related("group", "district", "organisation").get(pk=person.pk),
        "topics": person.topics.all(),
        "tags": person.tags.all(),
        "notes": person.notes.all(),
        "activities": person.activities.all()[:20],
        "consents": consents,
    }
