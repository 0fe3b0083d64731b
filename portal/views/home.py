from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.models import AssessmentRound, Measure
from portal.process import process
from theses.models import Thesis
from workshops.models import Workshop

NEXT_EVENTS = 3
NEWEST_THESES = 3
FIELDS = ("slug", "title", "title_en", "status", "field_of_action__title", "field_of_action__title_en")
"""What the page shows of a measure; any other field of such a row costs a query."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    measures = list(Measure.objects.published().select_related("field_of_action").only(*FIELDS))
    theses = Thesis.objects.published()
    # Both counts are asked by the template, and only when its figures are older than a minute.
    context = {
        "measures": measures,
        "process": process(measures),
        "rounds": AssessmentRound.objects.open().named(),
        "events": Workshop.objects.upcoming().named()[:NEXT_EVENTS],
        "theses": theses.named().order_by("-published_at", "-pk")[:NEWEST_THESES],
        "thesis_count": theses.count,
        "event_count": Workshop.objects.public().count,
    }
    return render(request, "portal/home.html", context)
