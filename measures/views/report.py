from django.contrib.auth.views import redirect_to_login
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from measures.domain.round import open_rounds_with_raters
from measures.models import AssessmentRound, Ranking
from measures.permissions import may_have_ratings
from measures.reports.ranking import build
from measures.reports.report_room import rows
from measures.views.report_files import visible_ranking
from publishing.html import document_html
from publishing.kept import kept
from stakeholders.paging import page_of
from stakeholders.permissions import may_read_reports, report_readers_only

HOUR = 3600


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What is published, for everybody: the latest version of each round's ranking, and the rounds open now."""
    page = page_of(Ranking.objects.latest_published().listed(), request.GET.get("page"))
    return render(request, "measures/results.html", {"page_obj": page, "open_rounds": AssessmentRound.objects.open()})


@require_safe
@report_readers_only
def report_list(request: HttpRequest) -> HttpResponse:
    rankings = Prefetch("rankings", Ranking.objects.listed().order_by("-version"), to_attr="listed_rankings")
    open_rounds = open_rounds_with_raters()
    rounds = AssessmentRound.objects.published().exclude(pk__in=open_rounds.values("pk")).prefetch_related(rankings)
    page = page_of(rounds, request.GET.get("page"))
    context = {"page_obj": page, "rows": rows(page), "open_rounds": open_rounds}
    return render(request, "measures/report_list.html", context)


@require_safe
def report_detail(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    ranking = visible_ranking(request, slug, version)
    if ranking is None:
        return redirect_to_login(request.get_full_path())
    title, article = drawn_report(ranking)
    context = {
        "ranking": ranking,
        "title": title,
        "article": article,
        "reads_reports": may_read_reports(request.user),
        "has_ratings": may_have_ratings(request.user, ranking),
        "ratings_are_open": ranking.labels.get("open_data"),
    }
    return render(request, "measures/report_detail.html", context)


def drawn_report(ranking: Ranking) -> tuple[str, SafeString]:
    """Title and article, for whoever may read it."""
    return kept("report", ranking.hash, ranking.pk, seconds=HOUR, draw=lambda: _drawn(ranking))


def _drawn(ranking: Ranking) -> tuple[str, SafeString]:
    """Title and article; of a frozen ranking they never change."""
    document = build(ranking, get_language() or "de")
    return document.title, document_html(document)
