"""What the project office writes down for somebody who rated on paper or in the room."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.domain.assessment import Recording, own_answers, own_reason, rate, sheet
from measures.forms.assessment import AssessmentForm, ChannelForm, RecordedReasonForm
from measures.models import Assessment, AssessmentRound, Measure
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.selection import people_matching
from stakeholders.forms.text import one_line
from stakeholders.models import Channel, Stakeholder
from stakeholders.permissions import current, project_office_only

MOST_FOUND = 20


@require_safe
@project_office_only
def recording_rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """From the page of a person to the round that is open."""
    person = get_object_or_404(_people(), pk=pk)
    context = {"about": person, "rounds": AssessmentRound.objects.open()}
    return render(request, "measures/recording_rounds.html", context)


@require_safe
@project_office_only
def recording_choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Whose sheet it is: found by name, address or organisation."""
    assessment_round = get_object_or_404(AssessmentRound.objects.published(), slug=slug)
    text = _readable(request.GET.get("q", "")[:200])
    found = people_matching({"q": [text]}).select_related("organisation", "group", "district") if text else ()
    context = {"round": assessment_round, "text": text, "people": found[:MOST_FOUND]}
    return render(request, "measures/recording_choose.html", context)


@require_safe
@project_office_only
def recording_list(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The measures of the round, those first that have an answer of this person."""
    assessment_round, person = _published(slug), get_object_or_404(_people(), pk=pk)
    own = sheet(assessment_round=assessment_round, rater=person)
    context = {"round": assessment_round, "about": person, "sheet": own}
    return render(request, "measures/recording_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def recording_edit(request: HttpRequest, slug: str, pk: int, measure_slug: str) -> HttpResponse:
    assessment_round, person = _published(slug), get_object_or_404(_people(), pk=pk)
    measure = get_object_or_404(assessment_round.measures, slug=measure_slug)
    posted = request.POST if request.method == "POST" else None
    answers = own_answers(assessment_round=assessment_round, measure=measure, rater=person)
    text = own_reason(assessment_round=assessment_round, measure=measure, rater=person)
    criteria = list(assessment_round.criteria.all())
    form = AssessmentForm(posted, criteria=criteria, answers=answers, may_be_blank=True)
    channel = ChannelForm(posted, initial={"channel": request.GET.get("weg")})
    reason = RecordedReasonForm(posted, initial={"text": text})
    if posted is not None and all([form.is_valid(), channel.is_valid(), reason.is_valid()]):
        try:
            return _save(request, assessment_round, measure, person, (form, channel, reason))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
    context = {"round": assessment_round, "about": person, "measure": measure, "form": form, "channel_form": channel}
    web = Assessment.objects.filter(round=assessment_round, rater=person, measure=measure, channel=Channel.WEB)
    context |= {"reason_form": reason, "answered_online": web.order_by("-changed_at").first()}
    is_wrong = form.errors or channel.errors or reason.errors
    return render(request, "measures/recording_edit.html", context, status=422 if is_wrong else 200)


def _save(
    request: HttpRequest,
    assessment_round: AssessmentRound,
    measure: Measure,
    person: Stakeholder,
    forms: tuple[AssessmentForm, ChannelForm, RecordedReasonForm],
) -> HttpResponse:
    """On to the next measure of the same sheet, by the same channel."""
    form, channel, reason = forms
    way = channel.cleaned_data["channel"]
    rate(
        assessment_round=assessment_round,
        measure=measure,
        rater=person,
        grades=form.grades,
        reason=reason.cleaned_data["text"],
        recording=Recording(actor=current(request), channel=way),
    )
    messages.success(request, _("„%(measure)s“ ist für %(name)s erfasst.") % {"measure": measure, "name": person})
    following = sheet(assessment_round=assessment_round, rater=person).next_open(measure)
    if following is None:
        return redirect("measures:recording_list", assessment_round.slug, person.pk)
    where = reverse("measures:recording_edit", args=[assessment_round.slug, person.pk, following.slug])
    return redirect(f"{where}?{urlencode({'weg': way.value})}")


def _readable(text: str) -> str:
    try:
        return one_line(text)
    except ValidationError:
        return ""


def _published(slug: str) -> AssessmentRound:
    return get_object_or_404(AssessmentRound.objects.published().prefetch_related("criteria"), slug=slug)


def _people() -> QuerySet[Stakeholder]:
    found: QuerySet[Stakeholder] = Stakeholder.objects.taking_part().select_related("organisation", "group", "district")
    return found
