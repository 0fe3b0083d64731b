"""Who is there, ticked on a list; and the list of participants as a file."""

from collections.abc import Callable, Iterable

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from publishing.csv_file import document_csv
from publishing.document import Document
from publishing.xlsx import document_xlsx
from stakeholders.domain.audit import record
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from stakeholders.verbs import StakeholderVerb
from workshops.domain.attendance import doors_open_at, note_attendance, people_at
from workshops.models import Registration, Workshop
from workshops.reports.participants import document

PER_PAGE = 50
FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", document_xlsx),
    "csv": ("text/csv; charset=utf-8", document_csv),
}


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    workshop = get_object_or_404(Workshop, pk=pk)
    if request.method == "POST":
        return save(request, workshop)
    words = request.GET.get("q", "").strip()[:80]
    rows = matching(people_at(workshop), words)
    context = {
        **admin.site.each_context(request),
        "title": _("Teilnahme"),
        "opts": Workshop._meta,
        "workshop": workshop,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        **numbers_of(workshop),
        "opens_at": doors_open_at(workshop),
        "may_note": workshop.state == Workshop.State.PUBLISHED and timezone.now() >= doors_open_at(workshop),
    }
    return render(request, "workshops/admin/attendance.html", context)


def numbers_of(workshop: Workshop) -> dict[str, int]:
    """How many have a place, how many of them are there, and how many came along."""
    there = Q(attended_at__isnull=False)
    return people_at(workshop).aggregate(
        number=Count("pk"), present=Count("pk", filter=there), companions=Sum("companions", default=0, filter=there)
    )


def matching(people: QuerySet[Registration], words: str) -> QuerySet[Registration]:
    """Each word is the beginning of the first or the last name."""
    for word in words.split():
        people = people.filter(person__first_name__istartswith=word) | people.filter(
            person__last_name__istartswith=word
        )
    return people


def save(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Leads back to where the desk was on the list."""
    try:
        coming, going = note_attendance(
            workshop=workshop,
            present=numbers(request.POST.getlist("present")),
            known=numbers(request.POST.getlist("known")),
            actor=current(request),
        )
        values = {"coming": coming, "going": going}
        messages.success(request, _("Vermerkt: %(coming)d anwesend, %(going)d zurückgenommen.") % values)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    back = {name: request.POST[name] for name in ("q", "page") if request.POST.get(name)}
    address = reverse("admin:workshops_workshop_attendance", args=[workshop.pk])
    return redirect(f"{address}?{urlencode(back)}" if back else address)


def numbers(texts: Iterable[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19}


@require_safe
def participants(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """Who took the list is written down."""
    if extension not in FORMATS:
        raise Http404
    workshop = get_object_or_404(Workshop, pk=pk)
    content_type, write = FORMATS[extension]
    content = write(document(workshop))
    facts: dict[str, object] = {"list": "participants", "format": extension}
    record(StakeholderVerb.LIST_EXPORTED, actor=current(request), target=workshop, facts=facts)
    headers = {
        "Content-Disposition": f'attachment; filename="teilnehmende-{workshop.slug}.{extension}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
