from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from measures.domain.ranking import note_download
from measures.domain.round import open_rounds_with_raters
from measures.models import AssessmentRound, Ranking
from measures.reports.ranking import build
from publishing.csv_file import document_csv
from publishing.document import Document
from publishing.html import document_html
from publishing.json_file import document_json
from publishing.kept import kept
from publishing.pdf import document_pdf
from publishing.xlsx import document_xlsx
from stakeholders.paging import page_of
from stakeholders.permissions import may_read_reports, report_readers_only

FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "pdf": ("application/pdf", document_pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", document_xlsx),
    "csv": ("text/csv; charset=utf-8", document_csv),
    "json": ("application/json", document_json),
}

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
    return render(request, "measures/report_list.html", {"page_obj": page, "open_rounds": open_rounds})


@require_safe
def report_detail(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    ranking = _visible(request, slug, version)
    if ranking is None:
        return redirect_to_login(request.get_full_path())
    title, article = kept("report", ranking.hash, ranking.pk, seconds=HOUR, draw=lambda: _drawn(ranking))
    context = {
        "ranking": ranking,
        "title": title,
        "article": article,
        "reads_reports": may_read_reports(request.user),
    }
    return render(request, "measures/report_detail.html", context)


@require_safe
def report_download(request: HttpRequest, slug: str, version: int, extension: str) -> HttpResponse:
    if extension not in FORMATS:
        raise Http404
    ranking = _visible(request, slug, version)
    if ranking is None:
        return redirect_to_login(request.get_full_path())
    content_type, write = FORMATS[extension]
    content = write(build(ranking, get_language() or "de"))
    note_download(ranking=ranking, reader=request.user, extension=extension)
    name = f"priorisierung-{slug}-fassung-{version}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _drawn(ranking: Ranking) -> tuple[str, SafeString]:
    """Title and article; of a frozen ranking they never change."""
    document = build(ranking, get_language() or "de")
    return document.title, document_html(document)


def _visible(request: HttpRequest, slug: str, version: int) -> Ranking | None:
    """404 for whoever is signed in and may not read it; None for a guest, who may be somebody that may."""
    rankings = Ranking.objects.visible_to(request.user).select_related("round").defer("data", "result", "labels")
    ranking = rankings.filter(round__slug=slug, version=version).first()
    if ranking is None and request.user.is_authenticated:
        raise Http404
    return ranking
