from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.domain.group_change import withdraw
from stakeholders.domain.profile import save_profile
from stakeholders.domain.refusal import Refusal, StaleSave
from stakeholders.forms.profile import ProfileForm
from stakeholders.models import Stakeholder
from stakeholders.permissions import current


def next_address(request: HttpRequest) -> str:
    """Where the visitor was going, if that is on this site; else the personal area."""
    target = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return target
    return reverse("dashboard")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    person = current(request)
    if not person.is_claimed:
        return redirect("claim")
    form = ProfileForm(request.POST or None, instance=person)
    stored: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            save_profile(person=person, profile=form.profile(), version=form.cleaned_data["version"])
        except StaleSave as refusal:
            form.add_error(None, refusal.sentence)
            stored = form.compare_with(Stakeholder.objects.get(pk=person.pk))
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Ihr Profil ist gespeichert."))
            return HttpResponseRedirect(next_address(request))
    waiting = person.group_changes.waiting().select_related("before", "wanted").first()
    context = {"form": form, "stored": stored, "waiting": waiting}
    return render(request, "stakeholders/profile_edit.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def group_change_withdraw(request: HttpRequest) -> HttpResponse:
    """The wish that waits; without one there is nothing left to take back."""
    person = current(request)
    try:
        for change in person.group_changes.waiting():
            withdraw(change=change, person=person)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Es wartet kein Wechsel der Akteursgruppe mehr."))
    return redirect("stakeholders:profile")
