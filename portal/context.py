from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject


def language_links(request: HttpRequest) -> list[tuple[str, str, str]]:
    """(code, label, address of this very page in that language) for the switch in the header."""
    path = request.get_full_path()
    return [(code, code.upper(), translate_url(path, code)) for code, _name in settings.LANGUAGES]


def portal(request: HttpRequest) -> dict[str, object]:
    """What the frame of every page shows; lazy, so that a fragment pays for nothing it does not use."""
    return {"demo": settings.DEMO, "language_links": SimpleLazyObject(lambda: language_links(request))}
