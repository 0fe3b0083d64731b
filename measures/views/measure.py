from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from measures.domain.next_step import next_steps
from measures.forms.measure import MeasureFilterForm
from measures.models import AssessmentRound, Measure
from measures.permissions import is_rater
from measures.reports.catalogue import catalogue_document
from measures.reports.fit_panel import fit_panel
from measures.reports.standing import latest_order, with_latest_ranking
from measures.views.fit_file import DATA
from measures.views.measure_parts import measure_parts
from stakeholders.paging import page_of
from stakeholders.search import hits


@require_safe
def measure_list(request: HttpRequest) -> HttpResponse:
    form = MeasureFilterForm(request.GET)
    order = latest_order() if form.is_by_standing else None
    measures = Measure.objects.visible_to(request.user).listed().select_related("field_of_action")
    page = page_of(form.apply(measures, order.slugs if order else []), request.GET.get("page"))
    shown = [text for row in page for text in (str(row), row.local_summary)] if form.words else []
    context = {
        "form": form,
        "page_obj": page,
        "rows": [(row.pk, row.changed_at, row.published, getattr(row, "place", None)) for row in page],
        "order": order,
        "hits": hits(shown, form.words),
        "address": urljoin(settings.SITE_URL, f"{request.path}?{form.query}" if form.query else request.path),
    }
    return render(request, "measures/measure_list.html", context)


@require_safe
def measure_download(request: HttpRequest, extension: str) -> HttpResponse:
    """The list with the same filter and in the same order, all of it in one file."""
    if extension not in DATA:
        raise Http404
    content_type, write = DATA[extension]
    form = MeasureFilterForm(request.GET)
    order = latest_order() if form.is_by_standing else None
    rows = (
        Measure.objects.visible_to(request.user)
        .select_related("field_of_action")
        .prefetch_related("topics", "districts")
    )
    found = form.apply(
        rows.defer("search", "search_text", "description", "description_en"), order.slugs if order else []
    )
    document = catalogue_document(found, lambda path: urljoin(settings.SITE_URL, path), get_language() or "de")
    headers = {
        "Content-Disposition": f'attachment; filename="massnahmen.{extension}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private",
    }
    return HttpResponse(write(document), content_type=content_type, headers=headers)


@require_safe
def measure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    measures = Measure.objects.visible_to(request.user).select_related("field_of_action").defer("search", "search_text")
    measure = get_object_or_404(with_latest_ranking(measures), slug=slug)
    rounds = list(AssessmentRound.objects.open().named().filter(measures=measure))
    context = {
        "measure": measure,
        "steps": next_steps(request.user, measure, rounds),
        "may_be_rater": not request.user.is_authenticated or is_rater(request.user),
        "fit": fit_panel(measure),
        **measure_parts(measure),
    }
    return render(request, "measures/measure_detail.html", context)
