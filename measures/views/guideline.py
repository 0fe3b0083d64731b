from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.models import Guideline, Measure, Recommendation


@require_safe
def guideline_list(request: HttpRequest) -> HttpResponse:
    """The chain from guidelines over recommendations to measures, on one page with an anchor for each."""
    measures = Measure.objects.visible_to(request.user).named()
    context = {
        "guidelines": Guideline.objects.all(),
        "recommendations": Recommendation.objects.prefetch_related("guidelines", Prefetch("measures", measures)),
    }
    return render(request, "measures/guideline_list.html", context)
