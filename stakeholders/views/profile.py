from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stakeholders.domain.profile import save_profile
from stakeholders.forms.profile import ProfileForm
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
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        save_profile(person=person, profile=form.profile())
        messages.success(request, _("Ihr Profil ist gespeichert."))
        return HttpResponseRedirect(next_address(request))
    status = 422 if form.is_bound else 200
    return render(request, "stakeholders/profile_edit.html", {"form": form}, status=status)
