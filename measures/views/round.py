from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from measures.domain.assessment import sheet
from measures.models import AssessmentRound
from measures.permissions import is_rater
from measures.reports.round_rules import rules
from stakeholders.permissions import current, may_take_part


@require_safe
def round_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rounds = AssessmentRound.objects.visible_to(request.user).prefetch_related("criteria")
    assessment_round = get_object_or_404(rounds, slug=slug)
    context = {
        "round": assessment_round,
        "may_take_part": is_rater(request.user) and may_take_part(request.user),
        "is_rater": is_rater(request.user),
        "rules": rules(assessment_round),
        "rankings": assessment_round.rankings.visible_to(request.user).listed(),
    }
    if is_rater(request.user):
        context["sheet"] = sheet(assessment_round=assessment_round, rater=current(request))
    else:
        context["measures"] = assessment_round.measures.select_related("field_of_action")
    return render(request, "measures/round_detail.html", context)
