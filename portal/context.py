from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language


def language_links(request: HttpRequest) -> list[tuple[str, str, str]]:
    """(code, label, address of this very page in that language) for the switch in the header."""
    path = request.get_full_path()
    here = get_language()
    return [
        (code, code.upper(), path if code == here else translate_url(path, code)) for code, _name in settings.LANGUAGES
    ]


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
