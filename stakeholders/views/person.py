"""One page per person or organisation for the project office, with its notes and tags."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stakeholders.domain.note import delete_note, write_note
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.tag import add_tag, remove_tag
from stakeholders.forms.note import NoteForm, TagForm
from stakeholders.models import Note, Organisation, Stakeholder, Tag
from stakeholders.permissions import current, project_office_only
from stakeholders.reports.relationship import (
    OrganisationHistory,
    PersonHistory,
    organisation_history,
    person_history,
)

MOST_SUGGESTIONS = 200


@require_safe
@project_office_only
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _person(pk))


@require_safe
@project_office_only
def organisation_history_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Of one that was merged into another, the page of that one."""
    organisation = get_object_or_404(Organisation.objects.select_related("merged_into"), slug=slug)
    if organisation.merged_into:
        return redirect("stakeholders:organisation_history", organisation.merged_into.slug)
    return _page(request, organisation)


@require_POST
@project_office_only
def person_note(request: HttpRequest, pk: int) -> HttpResponse:
    return _write(request, _person(pk))


@require_POST
@project_office_only
def organisation_note(request: HttpRequest, slug: str) -> HttpResponse:
    return _write(request, get_object_or_404(Organisation, slug=slug))


@require_POST
@project_office_only
def person_tags(request: HttpRequest, pk: int) -> HttpResponse:
    return _tag(request, _person(pk))


@require_POST
@project_office_only
def organisation_tags(request: HttpRequest, slug: str) -> HttpResponse:
    return _tag(request, get_object_or_404(Organisation, slug=slug))


@require_POST
@project_office_only
def note_delete(request: HttpRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(Note.objects.select_related("person", "organisation"), pk=pk)
    try:
        delete_note(note=note, actor=current(request))
        messages.success(request, _("Die Notiz ist gelöscht."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return _back(note.person or note.organisation)


def _person(pk: int) -> Stakeholder:
    people = Stakeholder.objects.select_related("group", "district", "organisation")
    found: Stakeholder = get_object_or_404(people, pk=pk)
    return found


def _write(request: HttpRequest, about: Stakeholder | Organisation) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, about, note_form=form)
    write_note(about=about, text=form.cleaned_data["text"], author=current(request))
    messages.success(request, _("Die Notiz ist gespeichert."))
    return _back(about)


def _tag(request: HttpRequest, about: Stakeholder | Organisation) -> HttpResponse:
    """`remove` names a tag by its word; without it the form adds one."""
    if "remove" in request.POST:
        for tag in Tag.objects.filter(name=request.POST["remove"].replace("\x00", "")):
            remove_tag(about=about, tag=tag, actor=current(request))
        return _back(about)
    form = TagForm(request.POST)
    if form.is_valid():
        try:
            add_tag(about=about, name=form.cleaned_data["name"], actor=current(request))
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return _back(about)
    return _page(request, about, tag_form=form)


def _back(about: Stakeholder | Organisation | None) -> HttpResponse:
    if isinstance(about, Organisation):
        return redirect("stakeholders:organisation_history", about.slug)
    return redirect("stakeholders:person_detail", about.pk if about else 0)


def _page(request: HttpRequest, about: Stakeholder | Organisation, **forms: Form) -> HttpResponse:
    """With a form that was refused, what was typed stays."""
    page = request.GET.get("page")
    history: PersonHistory | OrganisationHistory
    key: int | str
    if isinstance(about, Stakeholder):
        kind, key, history, template = "person", about.pk, person_history(about, page), "person_detail"
    else:
        kind, key, history = "organisation", about.slug, organisation_history(about, page)
        template = "organisation_history"
    context: dict[str, Any] = {
        "about": about,
        "history": history,
        "page_obj": history.activities,
        "note_url": reverse(f"stakeholders:{kind}_note", args=[key]),
        "tag_url": reverse(f"stakeholders:{kind}_tags", args=[key]),
        "words": Tag.objects.values_list("name", flat=True)[:MOST_SUGGESTIONS],
        "note_form": NoteForm(),
        "tag_form": TagForm(),
        **forms,
    }
    return render(request, f"stakeholders/{template}.html", context, status=422 if forms else 200)
