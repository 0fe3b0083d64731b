from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from portal.views.errors import method_not_allowed
from stakeholders.domain.second_factor import has_second_factor
from stakeholders.models import Stakeholder

OPEN_WITHOUT_SECOND_FACTOR = (
    "healthz",
    "readyz",
    "security_txt",
    "contact",
    "imprint",
    "privacy",
    "accessibility",
    "easy_language",
)
"""Besides the pages of one's own account; static files never come this far."""


def refusals(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuses with a page what Django would answer with an empty one, or with a fault of ours.

    PostgreSQL keeps no NUL. The portal's own views strip it; the filters of the administration pass it on.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        in_admin = request.path.startswith(reverse("admin:index"))
        if in_admin and b"\x00" in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
            raise SuspiciousOperation("NUL in an address of the administration")
        response = get_response(request)
        if response.status_code == 405 and not response.content and request.method != "OPTIONS":
            return method_not_allowed(request, response.headers["Allow"])
        return response

    return answer


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Project office, ministry and superusers reach nothing before they have a second factor, and come back after.

    Costs nothing for guests and one query for those who need one. A session that has proved it is asked again, because
    a factor may be taken away in another one.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        # Without the cookie nobody is signed in; asking would mark the page as one that varies with the visitor.
        person = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if not isinstance(person, Stakeholder) or not person.needs_second_factor or has_second_factor(person):
            return get_response(request)
        if request.path.startswith(reverse("stakeholders:security")):
            return get_response(request)
        if request.path in {reverse(name) for name in OPEN_WITHOUT_SECOND_FACTOR}:
            return get_response(request)
        target = request.get_full_path() if request.method == "GET" else reverse("dashboard")
        return redirect(f"{reverse('stakeholders:second_factor')}?{urlencode({'next': target})}")

    return answer
