from collections.abc import Sequence

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.models import Measure
from theses.models import Thesis
from workshops.models import Workshop

SHOWN = 20
"""Best hits of each kind; a page of more than that asks for better words."""

FIELDS = ("slug", "title", "title_en", "summary", "summary_en")
"""What a hit shows of a measure or an event; any other field of such a row costs a query."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:200]
    sections: list[tuple[str, Sequence[Model]]] = []
    if words:
        sections = [
            (_("Maßnahmen"), list(Measure.objects.published().only(*FIELDS).matching(words)[:SHOWN])),
            (_("Thesen"), list(Thesis.objects.published().named().matching(words)[:SHOWN])),
            (_("Veranstaltungen"), list(Workshop.objects.public().only(*FIELDS).matching(words)[:SHOWN])),
        ]
    found = [(title, rows) for title, rows in sections if rows]
    context = {"words": words, "sections": found, "count": sum(len(rows) for _title, rows in found)}
    return render(request, "portal/search.html", context)
