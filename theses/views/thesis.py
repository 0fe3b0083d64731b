from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from publishing.kept import kept
from stakeholders.domain.refusal import Refusal
from stakeholders.paging import PER_PAGE, page_of
from stakeholders.permissions import complete_profile_required, current
from stakeholders.upload import is_too_large
from theses.domain.draft import save_draft
from theses.domain.evidence import submit_proved
from theses.domain.similar import nearly_the_same
from theses.domain.thesis import revise
from theses.forms.thesis import NewThesisForm, ThesisFilterForm, ThesisForm, initial_of
from theses.models import Thesis, ThesisDraft
from theses.permissions import Visitor, may_change_evidence, may_revise
from theses.views.discussion import discussion
from theses.views.stance import stance_panel
from theses.views.story import story_panel


@require_safe
def thesis_list(request: HttpRequest) -> HttpResponse:
    form = ThesisFilterForm(request.GET)
    if not form.is_valid():
        raise Http404
    user = request.user
    page = page_of(_found(form.cleaned_data), request.GET.get("page"))
    context = {
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "measure": form.cleaned_data["massnahme"],
        "page_obj": page,
        "own": Thesis.objects.unpublished_of(user).order_by("-submitted_at")[:PER_PAGE]
        if user.is_authenticated
        else [],
    }
    return render(request, "theses/thesis_list.html", context)


@require_safe
def thesis_detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    thesis = get_object_or_404(Thesis.objects.visible_to(request.user).shown(), pk=pk)
    if slug != thesis.slug:
        return redirect(thesis, permanent=True)
    context = {
        "thesis": thesis,
        "about": _about(request.user, thesis),
        **stance_panel(request.user, thesis),
        **story_panel(request.user, thesis),
        **discussion(request, thesis),
    }
    return render(request, "theses/thesis_detail.html", context)


def _about(visitor: Visitor, thesis: Thesis) -> SafeString:
    """Reason, evidence and subject: the same for everybody once it is public, and then at most a minute old."""

    def draw() -> SafeString:
        context = {"thesis": thesis, "may_change_evidence": may_change_evidence(visitor, thesis)}
        return render_to_string("theses/thesis_about.html", context)

    subject = (thesis.version, thesis.measure_id, thesis.field_of_action_id, thesis.topic_id, thesis.district_id)
    return kept("about", thesis.pk, *subject, seconds=60, draw=draw) if thesis.is_public else draw()


@require_http_methods(["GET", "HEAD", "POST"])
@complete_profile_required
def thesis_submit(request: HttpRequest) -> HttpResponse:
    """Where a published thesis says nearly the same, the author is asked once; their words are kept meanwhile."""
    person = current(request)
    draft = ThesisDraft.objects.filter(author=person).first() if request.method != "POST" else None
    initial = {**_named(request), **(draft.fields if draft else {})}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    about: dict[str, Any] = {
        "person": person,
        "submit_label": _("These einreichen"),
        "dropped": is_too_large(request.META),
    }
    form = NewThesisForm(*sent, initial=initial, **about)
    asked, alike = bool(request.POST.get("asked")), []
    if form.is_valid():
        alike = [] if asked else nearly_the_same(form.cleaned_data["sentence"])
        try:
            if not alike:
                thesis = submit_proved(author=person, draft=form.draft(), evidence=form.evidence())
                return _confirmed(request, thesis)
            save_draft(author=person, typed=request.POST)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
    form.ask_for_files_again()
    context = {"form": form, "draft": draft, "similar": alike, "asked": asked or alike}
    return render(request, "theses/thesis_submit.html", context, status=422 if form.errors or alike else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@complete_profile_required
def thesis_revise(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    person = current(request)
    thesis = get_object_or_404(Thesis.objects.filter(author=person).select_related("organisation"), pk=pk)
    if request.method != "POST" and not may_revise(person, thesis):
        return redirect(thesis)
    label = _("Überarbeitete These einreichen")
    form = ThesisForm(_posted(request), initial=initial_of(thesis), person=person, submit_label=label)
    if form.is_valid():
        try:
            thesis = revise(thesis=thesis, author=person, draft=form.draft())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return _confirmed(request, thesis)
    spoke_for = None if str(thesis.mandate_id or "") in form.mandates else thesis.organisation
    context = {"form": form, "thesis": thesis, "spoke_for": spoke_for}
    return render(request, "theses/thesis_revise.html", context, status=422 if form.errors else 200)


def _found(wanted: dict[str, Any]) -> QuerySet[Thesis]:
    """Published theses; the best hits first when words are looked for, else the newest."""
    theses = Thesis.objects.published().listed()
    if wanted["massnahme"]:
        theses = theses.filter(measure=wanted["massnahme"])
    if wanted["handlungsfeld"]:
        theses = theses.on_field_of_action(wanted["handlungsfeld"])
    if wanted["thema"]:
        theses = theses.filter(topic=wanted["thema"])
    found: QuerySet[Thesis] = theses.matching(wanted["q"]) if wanted["q"] else theses
    return found.order_by("-stance_count", "-published_at", "-pk") if wanted["sortierung"] else found


def _posted(request: HttpRequest) -> QueryDict | None:
    """An empty form that was sent is told what is missing, unlike one that was only opened."""
    return request.POST if request.method == "POST" else None


def _named(request: HttpRequest) -> dict[str, object]:
    """What the address prefills: ?massnahme=<slug>, ?handlungsfeld=<slug>, ?thema=<key>; unknown ones are left out."""
    named = ThesisFilterForm(request.GET)
    named.full_clean()
    fields = {"measure": "massnahme", "field_of_action": "handlungsfeld", "topic": "thema"}
    return {field: named.cleaned_data.get(word) for field, word in fields.items()}


def _confirmed(request: HttpRequest, thesis: Thesis) -> HttpResponse:
    text = _(
        "Danke. Das Projektbüro prüft Ihre These und antwortet Ihnen innerhalb von %(days)d Arbeitstagen per E-Mail."
    )
    messages.success(request, text % {"days": Thesis.ANSWER_WITHIN})
    return redirect(thesis)
