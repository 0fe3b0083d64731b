"""Who is missing: the map of the participation for office and ministry, and the office's targets."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from publishing.csv_file import table_csv
from stakeholders.domain.coverage_target import set_targets, state_of, stored_targets
from stakeholders.domain.refusal import StaleSave
from stakeholders.forms.coverage_target import TargetGrid, posted_grid, stored_grid
from stakeholders.models import District, StakeholderGroup
from stakeholders.paging import PER_PAGE
from stakeholders.permissions import current, is_project_office, project_office_only, report_readers_only
from stakeholders.reports.coverage import CoverageReport, Figure, build, table
from stakeholders.reports.coverage_drawing import district_map, district_rows, gaps, heat

VIEWS = ("tabelle", "karte", "luecken")


@require_safe
@report_readers_only
def coverage(request: HttpRequest) -> HttpResponse:
    """The address chooses the number, the way of showing it and for the map a group; unknown words choose nothing."""
    report = build(is_office=is_project_office(request.user))
    figure = next((row for row in Figure if row.value == request.GET.get("zahl")), Figure.ACTIVE)
    way = request.GET.get("ansicht", "")
    group = request.GET.get("gruppe", "")
    context = {
        "report": report,
        "figure": figure,
        "figures": Figure,
        "way": way if way in VIEWS else VIEWS[0],
        "group": group if group in report.coverage.groups else "",
        "groups": [(key, report.labels[key]) for key in report.coverage.groups],
    }
    context |= _shown(report, figure, str(context["way"]), str(context["group"]), request.GET.get("page"))
    return render(request, "stakeholders/coverage.html", context)


def _shown(report: CoverageReport, figure: Figure, way: str, group: str, page: str | None) -> dict[str, object]:
    if way == "karte":
        return {"map": district_map(report, figure, group), "rows": district_rows(report, figure, group)}
    if way == "luecken":
        return {"page_obj": Paginator(gaps(report), PER_PAGE).get_page(page)}
    return {"heat": heat(report, figure)}


@require_safe
@report_readers_only
def coverage_download(request: HttpRequest) -> HttpResponse:
    content = table_csv(table(build(is_office=is_project_office(request.user))))
    headers = {"Content-Disposition": 'attachment; filename="beteiligung.csv"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def coverage_targets(request: HttpRequest) -> HttpResponse:
    """All targets on one page with one button; what was typed stays when a save is refused."""
    groups = {row.key: str(row) for row in StakeholderGroup.objects.all()}
    districts = {row.key: str(row) for row in District.objects.all()}
    if request.method != "POST":
        return _grid(request, stored_grid(groups, districts, stored_targets()))
    grid = posted_grid(groups, districts, request.POST.dict())
    if grid.errors:
        return _grid(request, grid, seen=request.POST.get("seen", ""))
    try:
        changed = set_targets(targets=grid.targets(), seen=request.POST.get("seen", ""), actor=current(request))
    except StaleSave as stale:
        return _grid(request, grid, stale=stale.sentence)
    messages.success(request, _("Die Ziele sind gespeichert. Geändert: %(number)d.") % {"number": changed})
    return redirect("stakeholders:coverage_targets")


def _grid(request: HttpRequest, grid: TargetGrid, *, seen: str = "", stale: str = "") -> HttpResponse:
    context = {"grid": grid, "seen": seen or state_of(stored_targets()), "stale": stale}
    return render(request, "stakeholders/coverage_targets.html", context, status=422 if grid.errors or stale else 200)
