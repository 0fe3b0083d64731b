from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.word_difference import word_difference
from stakeholders.permissions import complete_profile_required, current
from theses.domain.version import propose_version
from theses.forms.version import VersionForm
from theses.models import Thesis, ThesisVersion


@require_http_methods(["GET", "HEAD", "POST"])
@complete_profile_required
def version_propose(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    person = current(request)
    thesis = get_object_or_404(Thesis.objects.filter(author=person), pk=pk)
    if request.method != "POST" and thesis.state != Thesis.State.PUBLISHED:
        return redirect(thesis)
    form = VersionForm(request.POST if request.method == "POST" else None, thesis=thesis)
    if form.is_valid():
        try:
            propose_version(thesis=thesis, author=person, wording=form.wording())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Danke. Ihre neue Fassung wartet jetzt auf das Projektbüro."))
            return redirect(thesis)
    context = {"form": form, "thesis": thesis}
    return render(request, "theses/version_propose.html", context, status=422 if form.errors else 200)


@require_safe
def version_list(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    thesis = get_object_or_404(Thesis.objects.filter(state__in=Thesis.PUBLIC_STATES), pk=pk)
    if slug != thesis.slug:
        return redirect("theses:version_list", thesis.pk, thesis.slug, permanent=True)
    rows = compared(list(thesis.versions.order_by("-number")))
    return render(request, "theses/version_list.html", {"thesis": thesis, "rows": rows})


def compared(versions: list[ThesisVersion]) -> list[dict[str, Any]]:
    """Newest first; each with what changed in sentence and reason since the one before, the first without."""
    rows: list[dict[str, Any]] = []
    for version, before in zip_longest(versions, versions[1:]):
        row: dict[str, Any] = {"version": version}
        if before:
            row["sentence"] = word_difference(before.sentence, version.sentence)
            row["reason"] = word_difference(before.reason, version.reason)
        rows.append(row)
    return rows
