"""How an open round stands, for ministry and project office: one document as page and as files."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from measures.domain.live_state import note_state_download
from measures.models import AssessmentRound
from measures.reports.live_document import document
from measures.reports.live_state import build
from publishing.csv_file import document_csv, long_csv
from publishing.document import Document
from publishing.html import document_html
from publishing.xlsx import document_xlsx
from stakeholders.permissions import current, report_readers_only

FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", document_xlsx),
    "csv": ("text/csv; charset=utf-8", document_csv),
    "alle.csv": ("text/csv; charset=utf-8", long_csv),
}


@never_cache
@require_safe
@report_readers_only
def round_state(request: HttpRequest, slug: str) -> HttpResponse:
    assessment_round = _round(slug)
    drawn = _document(assessment_round)
    context = {"round": assessment_round, "title": drawn.title, "article": document_html(drawn)}
    return render(request, "measures/round_state.html", context)


@never_cache
@require_safe
@report_readers_only
def round_state_download(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    if extension not in FORMATS:
        raise Http404
    assessment_round = _round(slug)
    content_type, write = FORMATS[extension]
    content = write(_document(assessment_round))
    note_state_download(assessment_round=assessment_round, reader=current(request), extension=extension)
    name = f"stand-{assessment_round.slug}-{timezone.localtime():%Y-%m-%d-%H%M}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _round(slug: str) -> AssessmentRound:
    """One that has been opened; before that there is nothing to count."""
    return get_object_or_404(AssessmentRound.objects.published(), slug=slug, opens_at__lte=timezone.now())


def _document(assessment_round: AssessmentRound) -> Document:
    return document(build(assessment_round), get_language() or "de")
