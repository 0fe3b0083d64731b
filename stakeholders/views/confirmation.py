"""Codes by mail: confirming once more who one is, and a sentence where a code has expired."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.internal.stagekit import clear_login
from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stakeholders.forms.confirmation import AccessCodeForm
from stakeholders.permissions import View, current
from stakeholders.views.profile import next_address

WAITING = "access_code"
"""Key of the session: the code that was sent, when (seconds), and how often a wrong one was typed."""

SECONDS = 900
ATTEMPTS = 3
ENTRANCES = ("account_login", "account_request_login_code", "account_email")
"""Where allauth leads, without a word, whoever types a code that has expired."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_code(request: HttpRequest) -> HttpResponse:
    """For whoever has neither password nor second factor: a code by mail confirms what allauth asks others for."""
    limited: HttpResponse | None = consume_or_429(request, action="reauthenticate", user=request.user)
    if limited:
        return limited
    if request.POST.get("action") == "send":
        send_code(request)
        return HttpResponseRedirect(request.get_full_path())
    code = waiting_code(request)
    form = AccessCodeForm(request.POST or None, expected=code)
    if form.is_bound and form.is_valid():
        del request.session[WAITING]
        record_authentication(request, current(request), method="code", reauthenticated=True)
        return resume_request(request) or HttpResponseRedirect(next_address(request))
    if form.is_bound:
        code = count_wrong_code(request)
    context = {"form": form, "waiting": bool(code), "email": current(request).email}
    return render(request, "stakeholders/confirm_by_code.html", context, status=422 if form.is_bound else 200)


def send_code(request: HttpRequest) -> None:
    adapter = get_adapter(request)
    person = current(request)
    code = adapter.generate_login_code()
    request.session[WAITING] = {"code": code, "at": timezone.now().timestamp(), "wrong": 0}
    adapter.send_mail("account/email/access_code", person.mail_address, {"user": person, "code": code})


def waiting_code(request: HttpRequest) -> str:
    """The code that may still be typed; empty when none was sent or it has expired."""
    waiting: dict[str, Any] = request.session.get(WAITING, {})
    fresh = waiting and timezone.now().timestamp() - waiting["at"] <= SECONDS
    return str(waiting["code"]) if fresh else ""


def count_wrong_code(request: HttpRequest) -> str:
    """The code that is left to be typed after a wrong one; none after too many."""
    waiting: dict[str, Any] | None = request.session.get(WAITING)
    if waiting is None or waiting["wrong"] + 1 >= ATTEMPTS:
        request.session.pop(WAITING, None)
        return ""
    request.session[WAITING] = {**waiting, "wrong": waiting["wrong"] + 1}
    return waiting_code(request)


def told_when_expired(view: Callable[..., Any]) -> View:
    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        leads_back = response.headers.get("Location") in {reverse(name) for name in ENTRANCES}
        if request.method == "POST" and leads_back and not getattr(messages.get_messages(request), "added_new", False):
            messages.error(request, _("Dieser Code gilt nicht mehr. Bitte fordern Sie einen neuen an."))
        return response

    return telling


def starting_anew(view: Callable[..., Any]) -> View:
    """Whoever opens this page waits for no other code any more.

    allauth would lead somebody who tried to register a known address back to the field for a code that never comes,
    also when they follow the mail that tells them how to get in.
    """

    @wraps(view)
    def unbound(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and not request.user.is_authenticated:
            clear_login(request)
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    return unbound
