from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A standing page; `name` comes from the addresses and never from the visitor."""
    return render(request, f"pages/{name}.html")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; `Expires` is required and less than a year ahead."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    context = {"site_url": settings.SITE_URL, "expires": expires.isoformat()}
    return render(request, "pages/security.txt", context, content_type="text/plain; charset=utf-8")
