from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.domain.criteria import criteria_of, described, vocabulary
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.saved_selection import delete_selection, rename_selection, save_selection
from stakeholders.forms.desk import query_of
from stakeholders.forms.selection import SelectionForm
from stakeholders.models import Selection
from stakeholders.paging import page_of
from stakeholders.permissions import current, project_office_only

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@project_office_only
def selection_list(request: HttpRequest) -> HttpResponse:
    """All saved selections; posting saves the criteria of the address under a new name."""
    if request.method != "POST":
        return _page(request)
    criteria = criteria_of(request.GET.lists())
    form = SelectionForm(request.POST)
    if form.is_valid():
        try:
            save_selection(name=form.cleaned_data["name"], criteria=criteria, actor=current(request))
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Die Auswahl ist gespeichert. Beim Einladen können Sie sie verwenden."))
            return redirect("stakeholders:selection_list")
    shown = described(criteria, vocabulary())
    return _page(request, status=422, form=form, criteria=shown, query=query_of(criteria))


@require_safe
@project_office_only
def selection_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the desk with the criteria, so that one sees who belongs to it today."""
    selection = get_object_or_404(Selection, pk=pk)
    return redirect(f"{reverse('stakeholders:desk')}?{query_of(selection.criteria)}")


@require_http_methods(METHODS)
@project_office_only
def selection_rename(request: HttpRequest, pk: int) -> HttpResponse:
    selection = get_object_or_404(Selection, pk=pk)
    form = SelectionForm(request.POST if request.method == "POST" else None, initial={"name": selection.name})
    if form.is_valid():
        try:
            rename_selection(selection=selection, actor=current(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
            selection.refresh_from_db()
        else:
            messages.success(request, _("Der neue Name ist gespeichert."))
            return redirect("stakeholders:selection_list")
    context = {"form": form, "selection": selection}
    return render(request, "stakeholders/selection_rename.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@project_office_only
def selection_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; a second click on the button finds nothing and says so kindly."""
    if request.method == "POST":
        for selection in Selection.objects.filter(pk=pk):
            delete_selection(selection=selection, actor=current(request))
        messages.success(request, _("Die Auswahl ist gelöscht. Einladungen bleiben, wie sie sind."))
        return redirect("stakeholders:selection_list")
    selection = get_object_or_404(Selection, pk=pk)
    return render(request, "stakeholders/selection_delete.html", {"selection": selection})


def _page(request: HttpRequest, status: int = 200, **extra: Any) -> HttpResponse:
    words = vocabulary()
    page = page_of(Selection.objects.select_related("created_by"), request.GET.get("page"))
    rows = [(selection, described(selection.criteria, words)) for selection in page]
    context = {"page_obj": page, "rows": rows, **extra}
    return render(request, "stakeholders/selection_list.html", context, status=status)
