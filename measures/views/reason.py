from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from measures.models import AssessmentReason, AssessmentRound
from stakeholders.paging import page_of
from stakeholders.permissions import project_office_only


@require_safe
@project_office_only
def reason_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Why people rated as they did, measure by measure; without names, in no order that would lead back to one."""
    assessment_round = get_object_or_404(AssessmentRound.objects.published(), slug=slug)
    reasons = AssessmentReason.objects.filter(round=assessment_round).select_related("measure")
    named = reasons.only("text", "round", "measure__slug", "measure__title", "measure__title_en")
    page = page_of(named.order_by("measure__title", "text", "pk"), request.GET.get("page"))
    return render(request, "measures/reason_list.html", {"round": assessment_round, "page_obj": page})
