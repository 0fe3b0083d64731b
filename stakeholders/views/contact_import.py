"""Importing a list of contacts: upload, dry run, confirmation. The work itself is done by the worker."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.domain.contact_columns import COLUMNS
from stakeholders.domain.contact_import import (
    PERSONAL,
    confirm_import,
    discard_import,
    progress_of,
    upload_contacts,
    written_rows,
)
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.contact_import import ContactImportForm, OutcomeFilterForm
from stakeholders.models import ContactImport
from stakeholders.paging import PER_PAGE, page_of
from stakeholders.permissions import current, project_office_only
from stakeholders.reports import contact_import as report
from stakeholders.upload import is_too_large

State = ContactImport.State

WORKING = (State.WAITING, State.CONFIRMED)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def contact_import_list(request: HttpRequest) -> HttpResponse:
    is_posted = request.method == "POST"
    form = ContactImportForm(
        request.POST if is_posted else None, request.FILES or None, dropped=is_too_large(request.META)
    )
    if form.is_valid():
        try:
            row = upload_contacts(
                content=form.cleaned_data["file"].read(),
                file_name=form.cleaned_data["file"].name,
                source=form.cleaned_data["source"],
                legal_basis=form.cleaned_data["legal_basis"],
                actor=current(request),
            )
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return redirect("stakeholders:contact_import_detail", pk=row.pk)
    imports = ContactImport.objects.select_related("created_by").defer(*PERSONAL)
    context = {"form": form, "columns": COLUMNS, "page_obj": page_of(imports, request.GET.get("page"))}
    return render(request, "stakeholders/contact_import_list.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@project_office_only
def contact_import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The state of the import; once checked, page by page what would happen to each row."""
    row = get_object_or_404(ContactImport.objects.select_related("created_by").defer("content"), pk=pk)
    form = OutcomeFilterForm(request.GET)
    if not form.is_valid():
        raise Http404
    lines = report.lines(row, form.cleaned_data["ergebnis"])
    context = {
        "import": row,
        "form": form,
        "is_working": row.state in WORKING,
        "done": progress_of(row),
        "written": written_rows(row.counts),
        "page_obj": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "stakeholders/contact_import_detail.html", context)


@require_POST
@project_office_only
def contact_import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ContactImport.objects.defer(*PERSONAL), pk=pk)
    try:
        confirm_import(contact_import=row, actor=current(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("stakeholders:contact_import_detail", pk=pk)


@require_POST
@project_office_only
def contact_import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ContactImport.objects.defer(*PERSONAL), pk=pk)
    try:
        discard_import(contact_import=row, actor=current(request))
        messages.success(request, _("Die Liste ist verworfen. Nichts davon wurde gespeichert."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("stakeholders:contact_import_detail", pk=pk)
    return redirect("stakeholders:contact_import_list")


@require_safe
@project_office_only
def contact_import_result(request: HttpRequest, pk: int) -> HttpResponse:
    """While the list is there: afterwards no name is left in it."""
    row = get_object_or_404(ContactImport.objects.defer("content").exclude(outcomes=[]), pk=pk)
    return _file(report.result_csv(row), "text/csv; charset=utf-8", f"import-{pk}.csv")


@require_safe
@project_office_only
def contact_import_template(request: HttpRequest, extension: str) -> HttpResponse:
    if extension == "csv":
        return _file(report.template_csv(), "text/csv; charset=utf-8", "kontakte.csv")
    if extension == "xlsx":
        return _file(report.template_xlsx(), WORKBOOK, "kontakte.xlsx")
    raise Http404


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)
