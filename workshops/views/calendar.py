from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stakeholders.permissions import current
from workshops.calendar_file import own_calendar, own_registrations, public_calendar
from workshops.domain.calendar_address import renew_address
from workshops.models import Workshop
from workshops.tokens import calendar_token, find_subscriber


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Subscribable: everything public whose day is not over, cancelled events as such."""
    workshops = Workshop.objects.upcoming().filter(ends_at__gte=timezone.now())
    return calendar_response(public_calendar(workshops, name="ZukunftsWerkstatt INDUSTRIE"), _("veranstaltungen"))


@require_safe
def workshop_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    workshop = get_object_or_404(Workshop.objects.visible_to(request.user), slug=slug)
    return calendar_response(public_calendar([workshop], name=str(workshop)), slug)


@never_cache
@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of the person whom the address names, in their language; calendar programs do not sign in."""
    person = find_subscriber(token)
    if person is None:
        raise Http404
    with translation.override(person.language):
        rows = own_registrations(person).prefetch_related("session_places__session")
        response = calendar_response(own_calendar(person, rows), _("veranstaltungen"))
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_calendar_page(request: HttpRequest) -> HttpResponse:
    """Where to subscribe to the own calendar; the button ends the old address."""
    person = current(request)
    if request.method == "POST":
        renew_address(person=person)
        messages.success(request, _("Ihr Kalender hat eine neue Adresse. Die alte gilt nicht mehr."))
        return redirect("workshops:own_calendar")
    address = f"{settings.SITE_URL}{reverse('workshops:own_feed', args=[calendar_token(person)])}"
    context = {"address": address, "subscription": f"webcal://{address.partition('://')[2]}"}
    return render(request, "workshops/own_calendar.html", context)


def calendar_response(content: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )
