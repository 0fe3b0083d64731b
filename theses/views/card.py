from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.limits import limited_per_person
from stakeholders.models import Stakeholder
from stakeholders.permissions import complete_profile_required, current
from theses.domain.card import offer, previous
from theses.domain.stance import take
from theses.forms.card import CardAnswerForm, CardForm
from theses.forms.stance import MISSING
from theses.models import Stance, Thesis
from theses.permissions import counts
from theses.views.stance import BUTTONS, STANCES_PER_MINUTE

RELATED = ("measure", "field_of_action", "topic")


@require_http_methods(["GET", "HEAD", "POST"])
@limited_per_person("stance", per_minute=STANCES_PER_MINUTE)
@complete_profile_required
def stance_card(request: HttpRequest) -> HttpResponse:
    """Thesis after thesis; the address keeps what was skipped, so that nothing is stored but stances."""
    person, card = current(request), CardForm(request.GET)
    if not card.is_valid():
        raise Http404
    if not counts(person):
        return render(request, "theses/stance_card_end.html", {"conducts": True})
    if request.method == "POST":
        return _answered(request, person, card)
    context = _shown(person, card)
    name = "stance_card" if context["thesis"] else "stance_card_end"
    return render(request, f"theses/{name}.html", context)


def _answered(request: HttpRequest, person: Stakeholder, card: CardForm) -> HttpResponse:
    form = CardAnswerForm(request.POST)
    here = card.cleaned_data["these"]
    try:
        if not form.is_valid():
            raise Refusal(str(MISSING))
        thesis = get_object_or_404(Thesis.objects.visible_to(person), pk=form.cleaned_data["these"])
        take(thesis=thesis, person=person, value=form.cleaned_data["value"])
        here = None
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(reverse("theses:stance_card") + card.query(skipped=card.skipped(), thesis=here))


def _shown(person: Stakeholder, card: CardForm) -> dict[str, object]:
    asked, skipped = card.cleaned_data["these"], card.skipped()
    offered = offer(person=person, theses=card.theses(), skipped=frozenset(skipped))
    key = asked or offered.thesis
    theses = Thesis.objects.filter(state=Thesis.State.PUBLISHED).select_related(*RELATED)
    thesis = theses.filter(pk=key).first() if key else None
    if asked and thesis is None:
        raise Http404
    back = previous(person=person, before=asked)
    return {
        "thesis": thesis,
        "own": Stance.objects.filter(person=person, thesis=thesis).first() if asked else None,
        "buttons": BUTTONS,
        "left": offered.left,
        "skipped": offered.skipped,
        "here": card.query(skipped=skipped, thesis=asked),
        "start": card.query(skipped=[]),
        "skip": card.query(skipped=skipped if asked or not key else [*skipped, key]),
        "back": card.query(skipped=skipped, thesis=back) if back else "",
    }
