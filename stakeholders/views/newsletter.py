from allauth.core.internal.ratelimit import consume_or_429
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from stakeholders.domain.consent import Purpose, wording_in_force
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.subscription import confirm, end, request_subscription
from stakeholders.forms.newsletter import SubscribeForm
from stakeholders.models import Channel, Subscription
from stakeholders.subscription_links import find_to_confirm, find_to_end

PAGE_METHODS = ["GET", "HEAD", "POST"]
LIMITS = {"newsletter": "5/m/ip,30/h/ip", "newsletter_address": "3/h/key"}
"""Requests per visitor, and per address typed, so that nobody fills a stranger's mailbox with our mails."""


@require_http_methods(PAGE_METHODS)
def newsletter(request: HttpRequest) -> HttpResponse:
    """The same answer to every address, whether it is known or not."""
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return too_many(request, form.cleaned_data["email"]) or subscribed(request, form.cleaned_data["email"])
    context = {"form": form, "wording": wording_in_force(Purpose.NEWSLETTER, get_language() or "de")}
    return render(request, "stakeholders/newsletter.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(PAGE_METHODS)
def newsletter_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, because programs that scan mails open links."""
    subscription = find_to_confirm(token)
    if subscription is None:
        return render(request, "stakeholders/newsletter_link_unknown.html", status=404)
    if request.method == "POST":
        try:
            confirm(subscription=subscription)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        return redirect("stakeholders:newsletter_confirm", token=token)
    wording = wording_in_force(Purpose.NEWSLETTER, subscription.language)
    context = {"subscription": subscription, "wording": wording, "states": Subscription.State}
    return render(request, "stakeholders/newsletter_confirm.html", context)


@csrf_exempt
@never_cache
@require_http_methods(PAGE_METHODS)
def newsletter_end(request: HttpRequest, token: str) -> HttpResponse:
    """The signed link is the permission: mail programs post here without cookie and form (RFC 8058)."""
    subscription = find_to_end(token)
    if subscription is None:
        return render(request, "stakeholders/newsletter_link_unknown.html", status=404)
    if request.method == "POST":
        by_mail_program = request.POST.get("List-Unsubscribe") == "One-Click"
        end(subscription=subscription, channel=Channel.EMAIL if by_mail_program else Channel.WEB)
        subscription.refresh_from_db()
    context = {"subscription": subscription, "states": Subscription.State}
    return render(request, "stakeholders/newsletter_end.html", context)


def too_many(request: HttpRequest, email: str) -> HttpResponse | None:
    """The page that asks to wait, or None."""
    for action in LIMITS:
        limited: HttpResponse | None = consume_or_429(
            request, app="stakeholders", action=action, config=LIMITS, key=email.lower()
        )
        if limited:
            return limited
    return None


def subscribed(request: HttpRequest, email: str) -> HttpResponse:
    request_subscription(email=email, language=get_language() or "de")
    sentence = _(
        "Wir haben Ihnen eine E-Mail geschickt. Bitte bestätigen Sie darin den Rundbrief. Erst dann bekommen Sie ihn."
    )
    messages.success(request, sentence)
    return redirect("stakeholders:newsletter")
