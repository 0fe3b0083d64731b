from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.limits import limited
from workshops import permissions
from workshops.domain.deputy import deputies_of, may_name_deputy, name_deputy, withdraw_deputy
from workshops.domain.invitation import answer
from workshops.domain.outlook import at_the_same_time
from workshops.forms.deputy import DeputyForm
from workshops.forms.invitation import AnswerForm
from workshops.models import Invitation, Registration, Workshop
from workshops.tokens import find, token_for
from workshops.views.registration import PAGE_METHODS, change_address, tell

NAME, WITHDRAW = "name", "withdraw"


# The signed address is itself the secret that a foreign site does not know. Hence no cookie, which programs of mail
# refuse and which opening the page would else set.
@csrf_exempt
@never_cache
@require_http_methods(PAGE_METHODS)
@limited("invitation", per_hour=60)
def invitation_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The personal link of an invitation. Opening it changes nothing, because programs that scan mails open links."""
    invitation = find(Invitation, token)
    if invitation is None:
        return render(request, "workshops/link_unknown.html", status=404)
    if is_forwarded(request, invitation):
        status = 403 if request.method == "POST" else 200
        return render(request, "workshops/invitation_forwarded.html", {"invitation": invitation}, status=status)
    action = request.POST.get("deputy", "")
    form = AnswerForm(request.POST if request.method == "POST" and not action else None)
    deputy_form = DeputyForm(request.POST if action == NAME else None)
    if request.method == "POST" and carry_out(request, invitation, form, deputy_form):
        return redirect("workshops:invitation_answer", token=token)
    return page(request, invitation, form, deputy_form)


def is_forwarded(request: HttpRequest, invitation: Invitation) -> bool:
    """Somebody else is signed in: the link was passed on, and an answer would be in a foreign name."""
    return request.user.is_authenticated and request.user != invitation.person


def page(request: HttpRequest, invitation: Invitation, form: AnswerForm, deputy_form: DeputyForm) -> HttpResponse:
    workshop = Workshop.objects.with_places_left(entitled=True).get(pk=invitation.workshop_id)
    registration = Registration.objects.filter(workshop=workshop, person=invitation.person).current().first()
    closed = invitation.answer in (Invitation.Answer.WITHDRAWN, Invitation.Answer.DEPUTISED)
    gone = invitation.deputy_of_id and invitation.answer == Invitation.Answer.DECLINED
    context = {
        "invitation": invitation,
        "workshop": workshop,
        "registration": registration,
        "others": at_the_same_time(workshop, invitation.person),
        "manage": token_for(registration) if registration else "",
        "change_address": change_address(registration) if registration else "",
        "form": form,
        "deputy_form": deputy_form,
        "may_register": not closed and not gone and permissions.may_register(workshop, invited=True),
        "may_decline": not closed and permissions.may_free_place(workshop),
        "may_name_deputy": may_name_deputy(invitation, workshop),
        **deputies_of(invitation),
    }
    status = 422 if form.errors or deputy_form.errors else 200
    return render(request, "workshops/invitation_answer.html", context, status=status)


def carry_out(request: HttpRequest, invitation: Invitation, form: AnswerForm, deputy_form: DeputyForm) -> bool:
    """False where what was typed has to be looked at once more."""
    shown: Form = deputy_form if deputy_form.is_bound else form
    try:
        if request.POST.get("deputy") == WITHDRAW:
            withdraw_deputy(invitation=invitation)
            messages.success(request, _("Die Einladung Ihrer Vertretung ist zurückgezogen. Ihr Platz bleibt Ihrer."))
        elif not shown.is_valid():
            return False
        elif shown is deputy_form:
            name_deputy(invitation=invitation, deputy=deputy_form.deputy())
            messages.success(
                request, _("Ihre Vertretung bekommt eine eigene Einladung. Wir sagen Ihnen, ob sie kommt.")
            )
        else:
            reply(request, invitation, form)
    except Refusal as refusal:
        if refusal.field in shown.fields:
            shown.add_error(refusal.field, refusal.sentence)
            return False
        messages.error(request, refusal.sentence)
    return True


def reply(request: HttpRequest, invitation: Invitation, form: AnswerForm) -> None:
    accept = form.cleaned_data["answer"] == AnswerForm.ACCEPT
    registration = answer(invitation=invitation, accept=accept, reason=form.cleaned_data["reason"])
    if registration:
        tell(request, registration)
    else:
        messages.success(request, _("Sie haben abgesagt. Danke, dass Sie Bescheid geben."))
