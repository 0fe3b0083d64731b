"""The office freezes a finished round, again where something was corrected."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from measures.domain.ranking import freeze
from measures.forms.ranking import FreezeForm
from measures.models import AssessmentRound
from measures.permissions import may_freeze
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current, project_office_only


@require_http_methods(("GET", "HEAD", "POST"))
@project_office_only
def ranking_freeze(request: HttpRequest, slug: str) -> HttpResponse:
    """A later version needs a sentence on what changed; without any change the latest version stays."""
    assessment_round = get_object_or_404(AssessmentRound.objects.visible_to(request.user), slug=slug)
    if not may_freeze(request.user, assessment_round):
        raise Http404
    latest = assessment_round.rankings.listed().order_by("-version").first()
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ranking = freeze(assessment_round=assessment_round, actor=current(request), note=form.cleaned_data["note"])
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _done(is_new=ranking != latest))
            return redirect(ranking)
    context = {"round": assessment_round, "latest": latest, "form": form}
    return render(request, "measures/ranking_freeze.html", context, status=422 if form.errors else 200)


def _done(*, is_new: bool) -> str:
    if is_new:
        return _("Das Ergebnis ist eingefroren. Veröffentlicht wird es in der Verwaltung unter „Priorisierungen“.")
    return _("Seit der letzten Fassung hat sich nichts geändert. Es bleibt bei dieser Fassung.")
