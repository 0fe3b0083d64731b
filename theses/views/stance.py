from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from publishing.kept import kept
from stakeholders.domain.refusal import Refusal
from stakeholders.limits import limited_per_person
from theses.domain.stance import take
from theses.forms.stance import MISSING, StanceForm
from theses.models import Stance, Thesis
from theses.permissions import Visitor, counts, may_see_shares, may_take_stance
from theses.reports import opinions

BUTTONS = (
    (Stance.Value.AGREE, "agree", _("Ich stimme zu")),
    (Stance.Value.NEUTRAL, "neutral", _("Neutral")),
    (Stance.Value.DISAGREE, "disagree", _("Ich lehne ab")),
    (Stance.Value.PASS, "pass", _("Weiß nicht")),
)


STANCES_PER_MINUTE = 60
"""Far more than anybody reads; a program that answers in somebody's name is stopped."""


@require_POST
@limited_per_person("stance", per_minute=STANCES_PER_MINUTE)
def stance_take(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    thesis = get_object_or_404(Thesis.objects.visible_to(request.user), pk=pk)
    if not request.user.is_authenticated:
        return redirect_to_login(thesis.get_absolute_url())
    form = StanceForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(str(MISSING))
        take(thesis=thesis, person=request.user, value=form.cleaned_data["value"])
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(thesis)
    return redirect(f"{thesis.get_absolute_url()}#haltung")


def stance_panel(visitor: Visitor, thesis: Thesis) -> dict[str, object]:
    """What the template theses/stance_take.html shows to this visitor."""
    own = Stance.objects.filter(thesis=thesis, person=visitor).first() if visitor.is_authenticated else None
    sees_shares = may_see_shares(visitor, thesis, has_stance=own is not None)
    return {
        "own": own,
        "buttons": BUTTONS,
        "may_take_stance": may_take_stance(visitor, thesis),
        "counts": counts(visitor),
        "shares": _shares(thesis) if sees_shares else "",
    }


def _shares(thesis: Thesis) -> SafeString:
    """The same for all who see it. A stance counts at once, a change of group or of a name within a minute."""

    def draw() -> SafeString:
        return render_to_string("theses/stance_shares.html", {"opinions": opinions.build(thesis)})

    return kept("shares", thesis.pk, thesis.stances_changed_at, thesis.stance_count, seconds=60, draw=draw)
