from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from workshops.domain.pitch import vote
from workshops.models import Workshop


@require_POST
@login_required
def pitch_vote(request: HttpRequest, slug: str) -> HttpResponse:
    workshop = get_object_or_404(Workshop.objects.visible_to(request.user), slug=slug)
    number = request.POST.get("pitch", "")
    pitch = int(number) if number.isdecimal() and len(number) < 19 else 0
    try:
        vote(workshop=workshop, pitch=pitch, person=current(request))
        messages.success(request, _("Ihre Stimme zählt. Bis zum Ende der Veranstaltung können Sie sie ändern."))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect(f"{workshop.get_absolute_url()}#abstimmung")
