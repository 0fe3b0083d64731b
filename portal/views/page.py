from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe


@require_safe
def participate(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/participate.html")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact.html")


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/imprint.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def easy_language(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/easy_language.html")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; `Expires` is required and less than a year ahead."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    context = {"site_url": settings.SITE_URL, "expires": expires.isoformat()}
    return render(request, "pages/security.txt", context, content_type="text/plain; charset=utf-8")
