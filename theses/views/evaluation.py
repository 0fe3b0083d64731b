from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from publishing.csv_file import document_csv
from publishing.document import Document
from publishing.html import document_html
from publishing.json_file import document_json
from publishing.kept import kept
from stakeholders.paging import PER_PAGE
from theses.forms.evaluation import EvaluationForm
from theses.models import OpinionResult
from theses.reports.evaluation import build, read

FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", document_csv),
    "json": ("application/json", document_json),
}

LONGEST_NUMBER = 3
"""Digits of a number of a page; made-up ones fill no memory."""


@require_safe
def evaluation(request: HttpRequest) -> HttpResponse:
    """Reads what was computed in the background; see `theses.reports.evaluation.read` for who sees which figures."""
    form = _form(request)
    result, groups = form.results()
    context: dict[str, object] = {"form": form, "scopes": form.has_choice, "query": request.GET.urlencode()}
    if result:
        context |= _shown(request, result, groups)
    return render(request, "theses/evaluation.html", context)


@require_safe
def evaluation_download(request: HttpRequest, extension: str) -> HttpResponse:
    result, groups = _form(request).results()
    if extension not in FORMATS or result is None:
        raise Http404
    content_type, write = FORMATS[extension]
    found = read(result, request.user, groups)
    content = write(build(found, get_language() or "de", heat=found.told, cells=True))
    headers = {
        "Content-Disposition": f'attachment; filename="auswertung-thesen.{extension}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


def _shown(request: HttpRequest, result: OpinionResult, groups: OpinionResult | None) -> dict[str, object]:
    """All guests see the same, at most a minute old; what others see depends on their own answers."""
    number = request.GET.get("page", "")

    def draw() -> tuple[int, SafeString]:
        found = read(result, request.user, groups)
        heat = Paginator(found.told, PER_PAGE).get_page(number).object_list
        return len(found.told), document_html(build(found, get_language() or "de", heat=list(heat), cells=False))

    if request.user.is_authenticated or len(number) > LONGEST_NUMBER:
        count, article = draw()
    else:
        count, article = kept("evaluation", result.basis, groups and groups.basis, number, seconds=60, draw=draw)
    return {"article": article, "page_obj": Paginator(range(count), PER_PAGE).get_page(number)}


def _form(request: HttpRequest) -> EvaluationForm:
    form = EvaluationForm(request.GET, scopes=list(OpinionResult.objects.values_list("scope", flat=True)))
    if not form.is_valid():
        raise Http404
    return form
