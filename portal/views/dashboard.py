from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from measures.models import AssessmentRound
from measures.permissions import is_rater
from stakeholders.permissions import current
from theses.domain.follow import followed_by
from theses.domain.lineage import with_steps
from theses.follow_links import digest_path
from theses.models import Thesis, ThesisDraft
from workshops.models import Invitation
from workshops.reports.own_registration import own_registrations

SHOWN = 20
"""Rows of each list; the personal area is an overview and no archive."""


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    person = current(request)
    if not person.is_claimed:
        return redirect("claim")
    if not person.has_complete_profile:
        return redirect("stakeholders:profile")
    invitations = (
        Invitation.objects.sent().filter(person=person, answer=Invitation.Answer.OPEN).select_related("workshop")
    )
    context = {
        "person": person,
        "draft": ThesisDraft.objects.filter(author=person).first(),
        "theses": with_steps(Thesis.objects.filter(author=person)).order_by("-submitted_at")[:SHOWN],
        "followed": followed_by(person)[:SHOWN],
        "digest_path": digest_path(person),
        "registrations": own_registrations(person, SHOWN),
        "invitations": [row for row in invitations[:SHOWN] if row.workshop.registration_is_open],
        "rates": is_rater(person),
        "rounds": AssessmentRound.objects.open(),
    }
    return render(request, "portal/dashboard.html", context)
