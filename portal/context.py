from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

from stakeholders.address import address


def language_links(request: HttpRequest) -> list[tuple[str, str, str]]:
    """(code, label, address of this very page in that language) for the switch in the header."""
    return [(code, code.upper(), _in_language(request, code)) for code, _name in settings.LANGUAGES]


def _in_language(request: HttpRequest, code: str) -> str:
    """The same page with the same query; a page without a name of its own has one address only."""
    match = request.resolver_match
    if match is None or code == get_language():
        return request.get_full_path()
    query = request.META.get("QUERY_STRING", "")
    try:
        with override(code):
            path = address(match.view_name, *match.args, **match.kwargs)
    except NoReverseMatch:
        return request.get_full_path()
    return f"{path}?{iri_to_uri(query)}" if query else path


def route(request: HttpRequest) -> str:
    """The pattern of this page's address, such as `/massnahmen/<slug:slug>/`; empty where no pattern fits.

    There are few of them, so what depends on the route alone can be kept once per route.
    """
    match = request.resolver_match
    return f"{get_script_prefix()}{match.route}" if match else ""


def portal(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page shows; lazy, so that a fragment pays for nothing it does not use."""
    return {
        "demo": settings.DEMO,
        "language_links": SimpleLazyObject(lambda: language_links(request)),
        "route": route(request),
    }
