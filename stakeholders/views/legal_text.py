from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from stakeholders.domain.legal_text import SLUGS, show
from stakeholders.models import LegalText


def language_of(name: LegalText.Name) -> str:
    """A security.txt has no languages; every other text has its versions in each."""
    return "de" if name == LegalText.Name.SECURITY else get_language() or "de"


def name_of(slug: str) -> LegalText.Name:
    if slug not in SLUGS:
        raise Http404
    return SLUGS[slug]


@require_safe
def legal_text_list(request: HttpRequest, slug: str) -> HttpResponse:
    """What was in force when: one row for each version in the visitor's language."""
    name = name_of(slug)
    texts = LegalText.objects.filter(name=name, language=language_of(name)).order_by("-number").defer("body")
    return render(request, "stakeholders/legal_text_list.html", {"name": name.label, "slug": slug, "texts": texts})


@require_safe
def legal_text_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    name = name_of(slug)
    versions = LegalText.objects.filter(name=name, language=language_of(name))
    text = get_object_or_404(versions, number=number)
    newest = not versions.filter(number__gt=number).exists()
    context = {"text": show(text), "newest": newest, "plain": name == LegalText.Name.SECURITY}
    return render(request, "stakeholders/legal_text_detail.html", context)
