from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from measures.forms.measure import MeasureFilterForm
from measures.models import AssessmentRound, Measure
from measures.permissions import is_rater
from measures.reports.standing import standing
from stakeholders.paging import page_of


@require_safe
def measure_list(request: HttpRequest) -> HttpResponse:
    form = MeasureFilterForm(request.GET)
    measures = form.apply(Measure.objects.visible_to(request.user).listed().select_related("field_of_action"))
    page = page_of(measures, request.GET.get("page"))
    return render(
        request,
        "measures/measure_list.html",
        {"form": form, "page_obj": page, "by_relevance": bool(form.cleaned_data.get("q"))},
    )


@require_safe
def measure_detail(request: HttpRequest, slug: str) -> HttpResponse:
    measures = Measure.objects.visible_to(request.user).select_related("field_of_action").defer("search", "search_text")
    measure = get_object_or_404(measures, slug=slug)
    context = {
        "measure": measure,
        "open_rounds": AssessmentRound.objects.open().named().filter(measures=measure),
        "may_be_rater": not request.user.is_authenticated or is_rater(request.user),
        "standing": standing(measure),
    }
    return render(request, "measures/measure_detail.html", context)
