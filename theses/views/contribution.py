from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.domain.refusal import Refusal
from stakeholders.paging import page_of
from stakeholders.permissions import complete_profile_required, current
from theses.domain.contribution import answer, edit, withdraw, write
from theses.domain.discussion import ANSWER_ORDER, GROUPS
from theses.domain.helpful import mark_helpful, unmark
from theses.forms.contribution import AnswerForm, ContributionEditForm, ContributionForm
from theses.models import Contribution, Thesis
from theses.models.contribution import ContributionQuerySet
from theses.permissions import Visitor, may_answer
from theses.views.discussion import link, rights

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
@complete_profile_required
def contribution_write(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    thesis = get_object_or_404(Thesis.objects.published(), pk=pk)
    initial = {"kind": request.GET.get("art")}
    form = ContributionForm(
        _posted(request), person=current(request), submit_label=_("Beitrag veröffentlichen"), initial=initial
    )
    if form.is_valid():
        try:
            row = write(thesis=thesis, author=current(request), kind=form.chosen(), words=form.words())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Danke. Ihr Beitrag steht jetzt in der Diskussion."))
            group = next(name for name, kinds in GROUPS.items() if row.kind in kinds)
            return redirect(link(thesis, group).replace("#diskussion", f"#beitrag-{row.pk}"))
    context = {"form": form, "thesis": thesis}
    return render(request, "theses/contribution_write.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE_METHODS)
def contribution_detail(request: HttpRequest, pk: int, slug: str, contribution_pk: int) -> HttpResponse:
    """A strand with all its answers, and the place to answer."""
    row = get_object_or_404(_found(request.user, pk).top_level().placed(), pk=contribution_pk)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(row.get_absolute_url())
    form = _answer_form(request, row)
    if form and form.is_valid():
        try:
            written = answer(parent=row, author=current(request), words=form.words())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Danke. Ihre Antwort steht jetzt unter dem Beitrag."))
            return redirect(written)
    answers = row.answers.shown().drawn_for(request.user).order_by(*ANSWER_ORDER)
    page = page_of(answers.select_related("thesis"), request.GET.get("page"))
    context = {"row": row, "thesis": row.thesis, "page_obj": page, "form": form, **rights(request, row.thesis)}
    return render(request, "theses/contribution_detail.html", context, status=422 if form and form.errors else 200)


@require_http_methods(PAGE_METHODS)
@login_required
def contribution_edit(request: HttpRequest, pk: int, slug: str, contribution_pk: int) -> HttpResponse:
    row = get_object_or_404(_found(request.user, pk).editable_by(request.user), pk=contribution_pk)
    label = _("Änderung speichern")
    form = ContributionEditForm(_posted(request), row=row, person=current(request), submit_label=label)
    if form.is_valid():
        words, seen = form.words(), form.cleaned_data["seen"]
        try:
            edit(contribution=row, author=current(request), words=words, seen=seen)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Ihre Änderung ist gespeichert."))
            return redirect(row)
    context = {"form": form, "row": row, "thesis": row.thesis}
    return render(request, "theses/contribution_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE_METHODS)
@login_required
def contribution_withdraw(request: HttpRequest, pk: int, slug: str, contribution_pk: int) -> HttpResponse:
    row = get_object_or_404(_found(request.user, pk).editable_by(request.user), pk=contribution_pk)
    if request.method != "POST":
        return render(request, "theses/contribution_withdraw.html", {"row": row, "thesis": row.thesis})
    withdraw(contribution=row, author=current(request))
    messages.success(request, _("Ihr Beitrag ist zurückgezogen."))
    return redirect(f"{row.thesis.get_absolute_url()}#diskussion")


@require_POST
def contribution_helpful(request: HttpRequest, pk: int, slug: str, contribution_pk: int) -> HttpResponse:
    row = get_object_or_404(_found(request.user, pk).shown(), pk=contribution_pk)
    if not request.user.is_authenticated:
        return redirect_to_login(row.get_absolute_url())
    wanted = request.POST.get("value") == "1"
    try:
        (mark_helpful if wanted else unmark)(contribution=row, person=current(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(row)
    if request.headers.get("HX-Request"):
        fresh = _found(request.user, pk).get(pk=row.pk)
        context = {"row": fresh, "thesis": row.thesis, "may_mark": True, "here": request.POST.get("next", "")}
        return render(request, "theses/contribution_helpful.html", context)
    return redirect(_back(request, row))


def _found(visitor: Visitor, thesis_pk: int) -> ContributionQuerySet:
    rows = Contribution.objects.filter(thesis=thesis_pk, thesis__state__in=Thesis.PUBLIC_STATES)
    return rows.drawn_for(visitor).select_related("thesis")


def _answer_form(request: HttpRequest, row: Contribution) -> AnswerForm | None:
    if not row.is_shown or not may_answer(request.user, row.thesis):
        return None
    return AnswerForm(_posted(request), person=current(request), submit_label=_("Antwort veröffentlichen"))


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _back(request: HttpRequest, row: Contribution) -> str:
    """To the part of the discussion where the button was pressed."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        return f"{target}#beitrag-{row.pk}"
    return row.get_absolute_url()
