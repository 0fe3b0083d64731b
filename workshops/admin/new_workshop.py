"""Two ways to a new event: from the template of its format, or as a copy of another."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stakeholders.permissions import current
from workshops.domain.copy import copy_workshop
from workshops.domain.template import create_from_template
from workshops.forms.new_workshop import CopyForm, TemplateForm
from workshops.models import Workshop

PAGE_METHODS = ["GET", "HEAD", "POST"]
CHANGE = "admin:workshops_workshop_change"


@require_http_methods(PAGE_METHODS)
def workshop_from_template(request: HttpRequest) -> HttpResponse:
    form = TemplateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        workshop = create_from_template(workshop=Workshop(**form.cleaned_data), actor=current(request))
        messages.success(request, _("Der Entwurf ist angelegt. Bitte ergänzen Sie, was noch fehlt."))
        return redirect(CHANGE, workshop.pk)
    context = {"title": _("Aus einer Vorlage anlegen"), "form": form}
    return show(request, context, status=422 if form.errors else 200)


@require_http_methods(PAGE_METHODS)
def workshop_copy(request: HttpRequest, pk: int) -> HttpResponse:
    original = get_object_or_404(Workshop, pk=pk)
    initial = {"title": original.title, "starts_at": original.starts_at}
    form = CopyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        workshop = copy_workshop(workshop=original, actor=current(request), **form.cleaned_data)
        messages.success(request, _("Die Kopie ist ein Entwurf. Niemand hat davon erfahren."))
        return redirect(CHANGE, workshop.pk)
    context = {"title": _("Kopieren"), "form": form, "workshop": original}
    return show(request, context, status=422 if form.errors else 200)


def show(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    context |= {**admin.site.each_context(request), "opts": Workshop._meta}
    return render(request, "workshops/admin/new_workshop.html", context, status=status)
