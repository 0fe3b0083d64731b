"""The rating sheet of one measure, and the saving of each single answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from measures.domain.assessment import own_answers, own_reason, rate, save_answer, say_why, sheet
from measures.forms.assessment import AnswerForm, AssessmentForm, ReasonForm
from measures.models import Assessment, AssessmentRound, Criterion, Measure
from measures.permissions import is_rater, raters_only
from measures.reports import others
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Channel, Stakeholder
from stakeholders.permissions import current

QUESTION = "measures/assessment_question.html"


@require_http_methods(["GET", "HEAD", "POST"])
@raters_only
def assessment_edit(request: HttpRequest, slug: str, measure_slug: str) -> HttpResponse:
    """The sheet of one measure; outside the opening times it leads back to the page of the round, which says when."""
    assessment_round, measure = _found(slug, measure_slug)
    rater = current(request)
    answers = own_answers(assessment_round=assessment_round, measure=measure, rater=rater)
    posted = request.POST if request.method == "POST" else None
    criteria = list(assessment_round.criteria.all())
    form = AssessmentForm(posted, criteria=criteria, answers=answers, question=QUESTION)
    reason = ReasonForm(
        posted, initial={"text": own_reason(assessment_round=assessment_round, measure=measure, rater=rater)}
    )
    if posted is not None and form.is_valid() and reason.is_valid():
        stays = assessment_round.shows_aggregates and len(answers) < len(criteria)
        return _save(request, assessment_round, measure, form, reason, stays=stays)
    if not assessment_round.is_open:
        return _refused(request, assessment_round)
    shown = {"form": form, "reason_form": reason, **_place(assessment_round, measure, rater, criteria, answers)}
    is_wrong = form.errors or reason.errors
    return render(request, "measures/assessment_edit.html", shown, status=422 if is_wrong else 200)


@require_POST
def answer_save(request: HttpRequest, slug: str, measure_slug: str, key: str) -> HttpResponse:
    """One answer, as soon as it is chosen; a part of the sheet comes back."""
    if not request.user.is_authenticated:
        return _unsaved(request, _signed_out())
    if not is_rater(request.user):
        raise Http404
    form = AnswerForm({"grade": request.POST.get(key)})
    try:
        if not form.is_valid():
            raise Refusal(str(form.errors["grade"][0]))
        rater = current(request)
        saved = save_answer(slug=slug, measure_slug=measure_slug, rater=rater, key=key, grade=form.answer)
    except AssessmentRound.DoesNotExist as unknown:
        raise Http404 from unknown
    except Refusal as refusal:
        return _unsaved(request, refusal.sentence)
    response = render(request, "measures/assessment_saved.html", {"saved": saved})
    if saved.complete:
        response["HX-Trigger"] = "rated"
    return response


@require_POST
def reason_save(request: HttpRequest, slug: str, measure_slug: str) -> HttpResponse:
    """The reason, while somebody writes it."""
    if not request.user.is_authenticated:
        return _unsaved(request, _signed_out())
    if not is_rater(request.user):
        raise Http404
    assessment_round, measure = _found(slug, measure_slug)
    form = ReasonForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(str(form.errors["text"][0]))
        text = form.cleaned_data["text"]
        say_why(assessment_round=assessment_round, measure=measure, rater=current(request), text=text)
    except Refusal as refusal:
        return _unsaved(request, refusal.sentence)
    return render(request, "measures/assessment_saved.html")


def _found(slug: str, measure_slug: str) -> tuple[AssessmentRound, Measure]:
    assessment_round = get_object_or_404(AssessmentRound.objects.published().prefetch_related("criteria"), slug=slug)
    measures = assessment_round.measures.select_related("field_of_action")
    return assessment_round, get_object_or_404(measures, slug=measure_slug)


def _place(
    assessment_round: AssessmentRound,
    measure: Measure,
    rater: Stakeholder,
    criteria: list[Criterion],
    answers: dict[str, int | None],
) -> dict[str, object]:
    """Where the rater is in the round, and, after answering, how others see this measure."""
    own = sheet(assessment_round=assessment_round, rater=rater)
    written_down = Assessment.objects.filter(round=assessment_round, measure=measure, rater=rater)
    shows_others = assessment_round.shows_aggregates and measure.pk in own.rated
    return {
        "round": assessment_round,
        "measure": measure,
        "sheet": own,
        "place": own.place(measure),
        "before": own.before(measure),
        "later": own.next_open(measure),
        "recorded": written_down.exclude(channel=Channel.WEB).order_by("-changed_at")[:1],
        "others": others.build(assessment_round, measure, criteria, answers) if shows_others else (),
    }


def _save(
    request: HttpRequest,
    assessment_round: AssessmentRound,
    measure: Measure,
    form: AssessmentForm,
    reason: ReasonForm,
    *,
    stays: bool,
) -> HttpResponse:
    """On to the next measure; where others are shown it `stays` once, so that they are seen also without script."""
    rater: Stakeholder = current(request)
    text = reason.cleaned_data["text"]
    try:
        rate(assessment_round=assessment_round, measure=measure, rater=rater, grades=form.grades, reason=text)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(assessment_round)
    following = measure if stays else sheet(assessment_round=assessment_round, rater=rater).next_open(measure)
    if following is None:
        messages.success(request, _("Gespeichert. Sie haben alle Maßnahmen dieser Runde bewertet. Vielen Dank."))
        return redirect(assessment_round)
    messages.success(request, _("„%(measure)s“ ist gespeichert.") % {"measure": measure})
    return redirect("measures:assessment_edit", assessment_round.slug, following.slug)


def _refused(request: HttpRequest, assessment_round: AssessmentRound) -> HttpResponse:
    text = _("Diese Runde ist beendet.") if assessment_round.is_over else _("Diese Runde ist noch nicht geöffnet.")
    messages.info(request, text)
    return redirect(assessment_round)


def _unsaved(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "measures/assessment_saved.html", {"refusal": sentence}, status=422)


def _signed_out() -> str:
    return _("Nicht gespeichert, denn Sie sind nicht mehr angemeldet. Bitte laden Sie die Seite neu.")
