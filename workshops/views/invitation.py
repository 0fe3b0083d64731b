from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from workshops import permissions
from workshops.domain.invitation import answer
from workshops.forms.invitation import AnswerForm
from workshops.models import Invitation, Registration, Workshop
from workshops.tokens import find
from workshops.views.registration import PAGE_METHODS, tell


@never_cache
@require_http_methods(PAGE_METHODS)
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The personal link of an invitation. Opening it changes nothing, because programs that scan mails open links."""
    invitation = find(Invitation, token)
    if invitation is None:
        return render(request, "workshops/link_unknown.html", status=404)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        carry_out(request, invitation, form)
        return redirect("workshops:invitation_answer", token=token)
    workshop = Workshop.objects.with_places_left().get(pk=invitation.workshop_id)
    context = {
        "invitation": invitation,
        "workshop": workshop,
        "registration": Registration.objects.filter(workshop=workshop, person=invitation.person).current().first(),
        "form": form,
        "may_register": permissions.may_register(workshop, invited=True),
        "may_decline": permissions.may_free_place(workshop),
    }
    return render(request, "workshops/invitation_answer.html", context, status=422 if form.is_bound else 200)


def carry_out(request: HttpRequest, invitation: Invitation, form: AnswerForm) -> None:
    accept = form.cleaned_data["answer"] == AnswerForm.ACCEPT
    try:
        registration = answer(invitation=invitation, accept=accept, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return
    if registration:
        tell(request, registration)
    else:
        messages.success(request, _("Sie haben abgesagt. Danke, dass Sie Bescheid geben."))
