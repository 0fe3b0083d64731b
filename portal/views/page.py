from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from stakeholders.domain.legal_text import in_force
from stakeholders.domain.security_txt import text_of_software
from stakeholders.models import LegalText


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """A standing page; `name` comes from the addresses and never from the visitor. What the project office published
    stands before the text of the software."""
    text = in_force(name, get_language() or "de") if name in LegalText.Name.values else None
    if text:
        return render(request, "pages/legal_text.html", {"text": text})
    return render(request, f"pages/{name}.html")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    text = in_force(LegalText.Name.SECURITY, "de")
    body = text.body if text else text_of_software()
    return HttpResponse(body.rstrip() + "\n", content_type="text/plain; charset=utf-8")
