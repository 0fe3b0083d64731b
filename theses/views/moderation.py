"""The project office's pages that decide about a published thesis."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current, project_office_only
from theses.domain.moderation import what_happened
from theses.forms.moderation import AssignForm, ConcludeForm, MergeForm, ModerationForm, SplitForm
from theses.models import Thesis


@dataclass(frozen=True, slots=True)
class Act:
    """`needs_open`: only an open thesis has this page; else it leads back and says what happened."""

    form: type[ModerationForm]
    title: Promise
    lead: Promise
    button: Promise
    done: Promise
    needs_open: bool = True


ASSIGN = Act(
    AssignForm,
    _("These zuweisen"),
    _("Sagen Sie, wer im Projektbüro an dieser These arbeitet. Entscheiden können weiterhin alle dort."),
    _("Zuweisen"),
    _("Die Zuweisung ist gespeichert."),
    needs_open=False,
)
MERGE = Act(
    MergeForm,
    _("These zusammenführen"),
    _("Diese These bleibt unter ihrer Adresse lesbar, behält ihre Haltungen und führt zur anderen."),
    _("Zusammenführen"),
    _("Die These ist zusammengeführt. Alle, die es betrifft, erhalten eine Nachricht."),
)
SPLIT = Act(
    SplitForm,
    _("These aufteilen"),
    _("Aus dieser These werden mehrere, die sofort veröffentlicht sind. Ihre Haltungen bleiben bei ihr."),
    _("Aufteilen"),
    _("Die These ist aufgeteilt. Alle, die es betrifft, erhalten eine Nachricht."),
)
CONCLUDE = Act(
    ConcludeForm,
    _("Fazit schreiben"),
    _("Mit dem Fazit endet die Diskussion. Wer die These geschrieben hat oder ihr folgt, erhält es per E-Mail."),
    _("Fazit veröffentlichen"),
    _("Das Fazit ist veröffentlicht, die These ist abgeschlossen."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def thesis_assign(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    return _page(request, pk, ASSIGN)


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def thesis_merge(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    return _page(request, pk, MERGE)


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def thesis_split(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    return _page(request, pk, SPLIT)


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def thesis_conclude(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    return _page(request, pk, CONCLUDE)


def _page(request: HttpRequest, pk: int, act: Act) -> HttpResponse:
    thesis = get_object_or_404(Thesis, pk=pk)
    if request.method != "POST" and act.needs_open and thesis.state != Thesis.State.PUBLISHED:
        messages.error(request, what_happened(thesis))
        return redirect(thesis)
    posted = request.POST if request.method == "POST" else None
    form = act.form(posted, thesis=thesis, submit_label=str(act.button))
    if form.is_valid():
        try:
            form.carry_out(current(request))
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, str(act.done))
            return redirect(Thesis.objects.get(pk=pk))
    context = {"form": form, "thesis": thesis, "act": act}
    return render(request, "theses/moderation.html", context, status=422 if form.errors else 200)
