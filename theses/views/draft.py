"""The draft of a thesis: saved while typing or by a button, thrown away by another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stakeholders.permissions import complete_profile_required, current
from theses.domain.draft import discard_draft, save_draft
from theses.domain.similar import similar


@require_POST
@complete_profile_required
def draft_save(request: HttpRequest) -> HttpResponse:
    draft = save_draft(author=current(request), typed=request.POST)
    if request.headers.get("HX-Request"):
        return render(request, "theses/draft_saved.html", {"draft": draft})
    if draft:
        messages.success(request, _("Ihr Entwurf ist gespeichert. Nur Sie sehen ihn."))
    else:
        messages.info(request, _("Es gibt noch nichts zu speichern."))
    if request.FILES:
        messages.warning(request, _("Dateien gehören nicht zum Entwurf. Bitte wählen Sie sie beim Einreichen aus."))
    return redirect("theses:thesis_submit")


@require_POST
@complete_profile_required
def draft_discard(request: HttpRequest) -> HttpResponse:
    discard_draft(author=current(request))
    messages.success(request, _("Ihr Entwurf ist verworfen."))
    return redirect("theses:thesis_submit")


@require_safe
@complete_profile_required
def thesis_similar(request: HttpRequest) -> HttpResponse:
    """A part of the page of submitting, fetched while somebody types; empty when nothing resembles it."""
    return render(request, "theses/thesis_similar.html", {"similar": similar(request.GET.get("sentence", ""))})
