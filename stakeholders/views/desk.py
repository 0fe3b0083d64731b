"""Finding people: the filter stands in the address, so that it can be passed on, saved and downloaded."""

from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing.csv_file import stream_csv
from publishing.xlsx import document_xlsx
from stakeholders.domain.audit import record
from stakeholders.domain.criteria import Criteria, Vocabulary, criteria_of, vocabulary
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.selection import people_matching
from stakeholders.forms.desk import DeskFilter
from stakeholders.forms.selection import SelectionForm
from stakeholders.models import Stakeholder
from stakeholders.paging import page_of
from stakeholders.permissions import current, project_office_only
from stakeholders.reports import people as people_report
from stakeholders.verbs import StakeholderVerb

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@project_office_only
def desk(request: HttpRequest) -> HttpResponse:
    criteria, words = criteria_of(request.GET.lists()), vocabulary()
    people, problem = found(criteria, words)
    rows = people.select_related("group", "district", "organisation").prefetch_related("tags")
    context = {
        "filter": DeskFilter(criteria, words),
        "problem": problem,
        "page_obj": page_of(rows, request.GET.get("page")),
        "form": SelectionForm(),
    }
    return render(request, "stakeholders/desk.html", context)


def found(criteria: Criteria, words: Vocabulary) -> tuple[QuerySet[Stakeholder], str]:
    """The people, or nobody and the sentence that says which criterion is not understood."""
    try:
        return people_matching(criteria, words), ""
    except Refusal as refusal:
        return Stakeholder.objects.none(), refusal.sentence


@require_safe
@project_office_only
def desk_download(request: HttpRequest, extension: str) -> HttpResponse:
    """The current selection as a file; who took it is written down, without the words that were looked for."""
    if extension not in {"csv", "xlsx"}:
        raise Http404
    criteria = criteria_of(request.GET.lists())
    people, problem = found(criteria, vocabulary())
    number = people.count()
    if extension == "xlsx" and number > people_report.MOST_IN_A_WORKBOOK:
        problem = _("Für so viele Personen ist die Arbeitsmappe zu groß. Bitte laden Sie die CSV-Datei herunter.")
    if problem:
        messages.error(request, problem)
        return redirect(f"{reverse('stakeholders:desk')}?{request.GET.urlencode()}")
    facts: dict[str, object] = {"list": "people", "format": extension, "rows": number, "criteria": sorted(criteria)}
    record(StakeholderVerb.LIST_EXPORTED, actor=current(request), label=_("Akteurinnen und Akteure"), facts=facts)
    return _file(people, extension)


def _file(people: QuerySet[Stakeholder], extension: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="akteure.{extension}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    if extension == "xlsx":
        return HttpResponse(document_xlsx(people_report.workbook(people)), content_type=WORKBOOK, headers=headers)
    header = [column.key for column in people_report.columns()]
    pieces = stream_csv(header, people_report.rows(people))
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8", headers=headers)
    return cast("HttpResponse", response)  # Django treats both alike but has no common name that views declare
