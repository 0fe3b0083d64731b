from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from portal.views.errors import method_not_allowed


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
