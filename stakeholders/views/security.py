from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stakeholders.domain.refusal import Refusal
from stakeholders.domain.second_factor import has_second_factor, refuse_removal
from stakeholders.permissions import current
from stakeholders.views.profile import next_address

NEXT = "after_second_factor"
"""Key of the session: where somebody was going who had to set up a second factor first."""


@login_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """What opens this account, each with its state."""
    person = current(request)
    factors = Authenticator.objects.filter(user=person).values_list("type").annotate(Count("pk"))
    context = {
        "person": person,
        "addresses": EmailAddress.objects.filter(user=person).order_by("-primary", "email"),
        "factors": dict(factors),
        "sessions": len(UserSession.objects.purge_and_list(person)),
        "connections": SocialAccount.objects.filter(user=person).count(),
        "has_provider": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
    return render(request, "stakeholders/security.html", context)


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where staff without a second factor is led. Asked again once there is one, it goes on to where they wanted."""
    person = current(request)
    if "next" in request.GET:
        request.session[NEXT] = next_address(request)
    if has_second_factor(person):
        return HttpResponseRedirect(request.session.pop(NEXT, reverse("stakeholders:security")))
    return render(request, "stakeholders/second_factor.html", {"person": person})


def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """allauth's page, before which we ask whether this passkey may go."""
    passkeys = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN, pk=pk)
    try:
        for passkey in passkeys:
            refuse_removal(passkey)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("mfa_list_webauthn")
    response: HttpResponse = remove_webauthn(request, pk=pk)
    return response
