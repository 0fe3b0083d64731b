"""Evidence of a thesis: put beside it by its author until it is published, read by whoever may see the thesis."""

from typing import cast

from django.contrib import messages
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import complete_profile_required, current
from stakeholders.upload import is_too_large
from theses.domain.evidence import add_file, add_link, remove_evidence
from theses.forms.evidence import FILE, LINK, EvidenceFileForm, EvidenceLinkForm, EvidenceRemovalForm
from theses.models import EvidenceFile, Thesis
from theses.permissions import may_change_evidence


@require_http_methods(["GET", "HEAD", "POST"])
@complete_profile_required
def thesis_evidence(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One page for both: which form was sent says its hidden field `kind`."""
    thesis = get_object_or_404(Thesis.objects.filter(author=current(request)), pk=pk)
    if request.method != "POST" and not may_change_evidence(request.user, thesis):
        return redirect(thesis)
    kind = request.POST.get("kind")
    link_form = EvidenceLinkForm(request.POST if kind == LINK else None, auto_id="id_link_%s")
    dropped = is_too_large(request.META)
    file_form = EvidenceFileForm(*(request.POST, request.FILES) if kind == FILE else (), dropped=dropped)
    sent: EvidenceLinkForm | EvidenceFileForm = file_form if kind == FILE else link_form
    if sent.is_valid():
        try:
            _add(thesis, request, sent)
        except Refusal as refusal:
            sent.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Der Beleg ist hinzugefügt."))
            return redirect("theses:thesis_evidence", pk=pk, slug=thesis.slug)
    context = {"thesis": thesis, "link_form": link_form, "file_form": file_form}
    return render(request, "theses/thesis_evidence.html", context, status=422 if sent.errors else 200)


@require_POST
@complete_profile_required
def evidence_remove(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """What is gone already is no error: the second click says the same."""
    thesis = get_object_or_404(Thesis.objects.filter(author=current(request)), pk=pk)
    form = EvidenceRemovalForm(request.POST, thesis=thesis)
    form.full_clean()
    evidence = form.cleaned_data.get("link") or form.cleaned_data.get("file")
    try:
        if evidence:
            remove_evidence(evidence=evidence, author=current(request))
        messages.success(request, _("Der Beleg ist entfernt."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(thesis)
    return redirect("theses:thesis_evidence", pk=pk, slug=thesis.slug)


@require_safe
def evidence_file(request: HttpRequest, pk: int, slug: str, number: int) -> FileResponse:
    """Always a download and, should a browser show it all the same, without any rights of this site."""
    thesis = get_object_or_404(Thesis.objects.visible_to(request.user), pk=pk)
    row = get_object_or_404(EvidenceFile, thesis=thesis, pk=number)
    try:
        content = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=row.name, content_type=row.content_type)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _add(thesis: Thesis, request: HttpRequest, form: EvidenceLinkForm | EvidenceFileForm) -> None:
    person, sent = current(request), form.cleaned_data
    if isinstance(form, EvidenceFileForm):
        add_file(thesis=thesis, author=person, file=cast("File[bytes]", sent["file"]), name=sent["file"].name)
    else:
        add_link(thesis=thesis, author=person, url=sent["url"], label=sent["label"])
