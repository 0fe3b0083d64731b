"""Passing on a frozen version: links without an account, who made them, who fetched what."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from measures.domain.report_link import create_link, end_link
from measures.forms.report_link import ReportLinkForm
from measures.models import Ranking, ReportLink
from measures.permissions import may_end_link
from measures.reports.report_use import downloads
from stakeholders.domain.refusal import Refusal
from stakeholders.limits import limited_per_person
from stakeholders.permissions import current, is_project_office, report_readers_only


@never_cache
@limited_per_person("report_link", per_minute=10)
@require_http_methods(("GET", "HEAD", "POST"))
@report_readers_only
def report_share(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """A new link is shown in the answer to the form and never again, so nothing but its hash is kept."""
    ranking = _ranking(slug, version)
    form = ReportLinkForm(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        made = _made(request, ranking, form)
    links = ReportLink.objects.filter(ranking=ranking).select_related("created_by")
    own = links if is_project_office(request.user) else links.filter(created_by=current(request))
    page, fetched = downloads(ranking, request.GET.get("page"))
    context = {
        "ranking": ranking,
        "form": ReportLinkForm() if made else form,
        "made": made,
        "links": own,
        "page_obj": page,
        "downloads": fetched,
    }
    return render(request, "measures/report_share.html", context, status=422 if form.errors else 200)


@require_POST
@report_readers_only
def report_link_end(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(ReportLink.objects.select_related("ranking__round"), pk=pk)
    if not may_end_link(request.user, link):
        raise Http404
    end_link(link=link, actor=current(request))
    messages.success(request, _("Der Link „%(purpose)s“ öffnet nichts mehr.") % {"purpose": link.purpose})
    return redirect("measures:report_share", link.ranking.round.slug, link.ranking.version)


def _ranking(slug: str, version: int) -> Ranking:
    return get_object_or_404(Ranking.objects.listed(), round__slug=slug, version=version)


def _made(request: HttpRequest, ranking: Ranking, form: ReportLinkForm) -> dict[str, object] | None:
    try:
        link, token = create_link(ranking=ranking, actor=current(request), **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field or None, refusal.sentence)
        return None
    return {"link": link, "address": settings.SITE_URL + reverse("measures:shared_report", args=[token])}
