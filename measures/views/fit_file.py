"""The fit as files: sheets of one page for a measure and for a district, data of all of them."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from measures.domain.fit import districts_to_rate
from measures.models import Measure
from measures.reports.fit import read
from measures.reports.fit_document import document_of_all, sheet_of_district, sheet_of_measure
from publishing.csv_file import document_csv
from publishing.document import Document
from publishing.json_file import document_json
from publishing.kept import kept
from publishing.pdf import document_pdf
from publishing.xlsx import document_xlsx

MINUTE = 60
DATA: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", document_xlsx),
    "csv": ("text/csv; charset=utf-8", document_csv),
    "json": ("application/json", document_json),
}
SHEET = DATA | {"pdf": ("application/pdf", document_pdf)}


@require_safe
def fit_download(request: HttpRequest, extension: str) -> HttpResponse:
    """All measures: data only, paper is for one measure or one district."""
    measures = Measure.objects.published().named()
    return _file(DATA, extension, "passfaehigkeit", lambda language: document_of_all(read(measures=measures), language))


@require_safe
def fit_measure_download(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    measure = get_object_or_404(Measure.objects.visible_to(request.user).defer("search", "search_text"), slug=slug)
    name = f"passfaehigkeit-{measure.slug}"
    return _file(SHEET, extension, name, lambda language: sheet_of_measure(read(measures=[measure]), language))


@require_safe
def fit_district_download(request: HttpRequest, key: str, extension: str) -> HttpResponse:
    district = get_object_or_404(districts_to_rate(), key=key)
    measures = Measure.objects.published().named()

    def build(language: str) -> Document:
        return sheet_of_district(read(measures=measures, districts=[district]), language)

    return _file(SHEET, extension, f"passfaehigkeit-{key}", build)


def _file(
    formats: dict[str, tuple[str, Callable[[Document], bytes]]],
    extension: str,
    name: str,
    build: Callable[[str], Document],
) -> HttpResponse:
    """Written once a minute at most, whoever asks."""
    if extension not in formats:
        raise Http404
    content_type, write = formats[extension]
    language, day = get_language() or "de", timezone.localdate()
    content = kept("fit-file", name, extension, day, seconds=MINUTE, draw=lambda: write(build(language)))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{extension}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
