from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.domain.assessment import own_answers, rate, sheet
from measures.forms.assessment import AssessmentForm
from measures.models import AssessmentRound, Measure
from measures.permissions import raters_only
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import current


@require_http_methods(["GET", "HEAD", "POST"])
@raters_only
def assessment_edit(request: HttpRequest, slug: str, measure_slug: str) -> HttpResponse:
    """The sheet of one measure; outside the opening times it leads back to the page of the round, which says when."""
    assessment_round = get_object_or_404(AssessmentRound.objects.published(), slug=slug)
    measure = get_object_or_404(assessment_round.measures.select_related("field_of_action"), slug=measure_slug)
    rater = current(request)
    answers = own_answers(assessment_round=assessment_round, measure=measure, rater=rater)
    posted = request.POST if request.method == "POST" else None
    form = AssessmentForm(posted, criteria=list(assessment_round.criteria.all()), answers=answers)
    if posted is not None and form.is_valid():
        return _save(request, assessment_round, measure, form)
    if not assessment_round.is_open:
        return _refused(request, assessment_round)
    own = sheet(assessment_round=assessment_round, rater=rater)
    context = {
        "round": assessment_round,
        "measure": measure,
        "form": form,
        "sheet": own,
        "place": own.place(measure),
        "before": own.before(measure),
        "later": own.next_open(measure),
    }
    return render(request, "measures/assessment_edit.html", context, status=422 if form.errors else 200)


def _save(
    request: HttpRequest, assessment_round: AssessmentRound, measure: Measure, form: AssessmentForm
) -> HttpResponse:
    rater: Stakeholder = current(request)
    try:
        rate(assessment_round=assessment_round, measure=measure, rater=rater, grades=form.grades)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(assessment_round)
    following = sheet(assessment_round=assessment_round, rater=rater).next_open(measure)
    if following is None:
        messages.success(request, _("Gespeichert. Sie haben alle Maßnahmen dieser Runde bewertet. Vielen Dank."))
        return redirect(assessment_round)
    messages.success(request, _("„%(measure)s“ ist gespeichert.") % {"measure": measure})
    return redirect("measures:assessment_edit", assessment_round.slug, following.slug)


def _refused(request: HttpRequest, assessment_round: AssessmentRound) -> HttpResponse:
    text = _("Diese Runde ist beendet.") if assessment_round.is_over else _("Diese Runde ist noch nicht geöffnet.")
    messages.info(request, text)
    return redirect(assessment_round)
