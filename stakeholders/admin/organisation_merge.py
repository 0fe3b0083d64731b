"""The page on which the office looks for the other entry, sees what moves, and merges."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stakeholders.domain.organisation import similar
from stakeholders.domain.organisation_merge import merge, what_moves
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Organisation
from stakeholders.permissions import current, is_project_office

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def merge_page(request: HttpRequest, pk: int) -> HttpResponse:
    """`ziel` in the address names the entry that remains, `suche` is a name to look for."""
    if not is_project_office(request.user):
        raise PermissionDenied
    source = get_object_or_404(Organisation.objects.listed(), pk=pk)
    others = Organisation.objects.listed().exclude(pk=pk).select_related("group", "district")
    wanted = request.GET.get("ziel", "")
    target = get_object_or_404(others, slug=wanted) if wanted else None
    if target and request.method == "POST":
        return _merge(request, source, target)
    words = request.GET.get("suche", source.name)
    context = {
        **admin.site.each_context(request),
        "title": _("Organisationen zusammenführen"),
        "opts": Organisation._meta,
        "source": source,
        "target": target,
        "moving": what_moves(source) if target else [],
        "words": words,
        "found": [] if target else similar(words).exclude(pk=pk).select_related("district")[:SHOWN],
    }
    return render(request, "stakeholders/admin/organisation_merge.html", context)


def _merge(request: HttpRequest, source: Organisation, target: Organisation) -> HttpResponse:
    try:
        merge(source=source, target=target, actor=current(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        text = _("„%(source)s“ ist jetzt „%(target)s“. Alte Links führen dorthin.")
        messages.success(request, text % {"source": source, "target": target})
    return redirect(reverse("admin:stakeholders_organisation_change", args=[target.pk]))
