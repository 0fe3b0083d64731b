"""Downloads of a frozen report. All are made in memory, so that a full disk leaves nothing half-written."""

from collections.abc import Callable
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from measures.domain.disk_space import refuse_if_full
from measures.domain.ranking import note_download
from measures.models import Ranking, ReportLink
from measures.permissions import may_have_ratings
from measures.reports.catalogue_record import catalogue_record
from measures.reports.ranking import build
from publishing.csv_file import document_csv, long_csv
from publishing.document import Document
from publishing.json_file import canonical_json, document_json
from publishing.pdf import document_pdf
from publishing.xlsx import document_xlsx
from stakeholders.domain.refusal import Refusal

FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "pdf": ("application/pdf", document_pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", document_xlsx),
    "csv": ("text/csv; charset=utf-8", document_csv),
    "json": ("application/json", document_json),
    "alle.csv": ("text/csv; charset=utf-8", long_csv),
}


def visible_ranking(request: HttpRequest, slug: str, version: int) -> Ranking | None:
    """404 for whoever is signed in and may not read it; None for a guest, who may be somebody that may."""
    rankings = Ranking.objects.visible_to(request.user).select_related("round").defer("data", "result", "labels")
    ranking = rankings.filter(round__slug=slug, version=version).first()
    if ranking is None and request.user.is_authenticated:
        raise Http404
    return ranking


@require_safe
def report_download(request: HttpRequest, slug: str, version: int, extension: str) -> HttpResponse:
    if extension not in FORMATS:
        raise Http404
    ranking = visible_ranking(request, slug, version)
    if ranking is None:
        return redirect_to_login(request.get_full_path())
    return report_file(request, ranking, extension)


def report_file(request: HttpRequest, ranking: Ranking, extension: str, link: ReportLink | None = None) -> HttpResponse:
    """For whoever may read the ranking, or has come by a `link` to it."""
    content_type, write = FORMATS[extension]

    def draw() -> bytes:
        return write(build(ranking, get_language() or "de"))

    return _file(request, ranking, extension, content_type, draw, link)


@require_safe
def report_data(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The anonymised ratings exactly as they were ranked; for everybody only if no few people show in them."""
    ranking = visible_ranking(request, slug, version)
    if ranking is None or not (request.user.is_authenticated or may_have_ratings(request.user, ranking)):
        return redirect_to_login(request.get_full_path())
    if not may_have_ratings(request.user, ranking):
        raise Http404
    return _file(request, ranking, "daten.json.gz", "application/gzip", lambda: bytes(ranking.data))


@require_safe
def report_record(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """How catalogues of open data learn of a published version: DCAT-AP.de as JSON-LD."""
    ranking = Ranking.objects.published().select_related("round").filter(round__slug=slug, version=version).first()
    if ranking is None:
        raise Http404
    content = canonical_json(catalogue_record(ranking, lambda path: urljoin(settings.SITE_URL, path)))
    return HttpResponse(content, content_type="application/ld+json")


def _file(
    request: HttpRequest,
    ranking: Ranking,
    extension: str,
    content_type: str,
    write: Callable[[], bytes],
    link: ReportLink | None = None,
) -> HttpResponse:
    try:
        try:
            content = write()
            note_download(ranking=ranking, reader=request.user, extension=extension, link=link)
        except (OSError, OperationalError) as fault:
            refuse_if_full(fault)
    except Refusal as refusal:
        context = {"ranking": ranking, "sentence": refusal.sentence, "by_link": link is not None}
        return render(request, "measures/report_refused.html", context, status=503)
    name = f"priorisierung-{ranking.round.slug}-fassung-{ranking.version}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)
