from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The web process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The web process reaches its database and its cache; raises, and so answers 500, when it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.set("readyz", "ok")
    if cache.get("readyz") != "ok":
        raise ConnectionError("The cache is out of reach.")
    return HttpResponse("ok\n", content_type="text/plain")
