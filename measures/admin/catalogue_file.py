"""The catalogue as a file at the desk: download, upload, dry run, taking over."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from measures.domain.catalogue_check import Outcome, counts_of, fingerprint
from measures.domain.catalogue_columns import COLUMNS
from measures.domain.catalogue_import import discard_catalogue, take_catalogue, try_catalogue, upload_catalogue
from measures.forms.catalogue import CatalogueFileForm
from measures.models import CatalogueImport, Measure
from measures.reports.catalogue_copy import catalogue_csv, catalogue_xlsx
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current, is_project_office
from stakeholders.upload import is_too_large

PLANS_PER_PAGE = 50
LISTED = 20
WRITERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", catalogue_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", catalogue_xlsx),
}


@require_safe
def catalogue_download(request: HttpRequest, extension: str) -> HttpResponse:
    """Every measure, also what is not published."""
    _office_only(request)
    if extension not in WRITERS:
        raise Http404
    kind, write = WRITERS[extension]
    try:
        content = write()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("admin:measures_measure_changelist")
    headers = {
        "Content-Disposition": f'attachment; filename="katalog.{extension}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    _office_only(request)
    is_posted = request.method == "POST"
    form = CatalogueFileForm(
        request.POST if is_posted else None, request.FILES or None, dropped=is_too_large(request.META)
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = upload_catalogue(content=file.read(), file_name=file.name, actor=current(request))
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("admin:measures_measure_import_detail", row.pk)
    imports = CatalogueImport.objects.select_related("created_by").defer("content")[:LISTED]
    context = {
        **admin.site.each_context(request),
        "title": _("Katalog als Datei"),
        "opts": Measure._meta,
        "form": form,
        "columns": COLUMNS,
        "imports": imports,
    }
    return render(request, "measures/admin/import_list.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What would happen to every row if the file were taken over now; once it is over, what happened."""
    _office_only(request)
    row = get_object_or_404(CatalogueImport.objects.select_related("created_by"), pk=pk)
    if request.method == "POST":
        return _decide(request, row)
    is_open = row.state == CatalogueImport.State.READY
    plans, remarks = try_catalogue(row) if is_open else ([], [])
    counts = counts_of(plans) if is_open else row.counts
    telling = sorted((plan for plan in plans if plan.outcome != Outcome.UNCHANGED), key=lambda plan: not plan.faults)
    context = {
        **admin.site.each_context(request),
        "title": row.file_name,
        "opts": Measure._meta,
        "import": row,
        "is_open": is_open,
        "remarks": remarks,
        "counts": [(outcome.label, counts.get(outcome.value, 0)) for outcome in Outcome],
        "seen": fingerprint(plans),
        "may_take": is_open and bool(telling) and not counts[Outcome.REFUSED],
        "page_obj": Paginator(telling, PLANS_PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "measures/admin/import_detail.html", context)


def _decide(request: HttpRequest, row: CatalogueImport) -> HttpResponse:
    try:
        if "discard" in request.POST:
            discard_catalogue(catalogue_import=row, actor=current(request))
            messages.success(request, _("Die Datei ist verworfen. Nichts davon wurde gespeichert."))
        else:
            take_catalogue(catalogue_import=row, seen=request.POST.get("seen", ""), actor=current(request))
            messages.success(request, _("Der Katalog ist übernommen."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("admin:measures_measure_import_detail", row.pk)


def _office_only(request: HttpRequest) -> None:
    if not is_project_office(request.user):
        raise PermissionDenied
