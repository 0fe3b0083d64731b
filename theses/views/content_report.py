from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stakeholders.domain.refusal import Refusal
from stakeholders.forms.content_report import ContentReportForm
from stakeholders.limits import limited
from stakeholders.permissions import signed_in_person
from theses.domain.content_report import report_contribution, report_thesis
from theses.models import Contribution, Thesis

REPORTS_PER_HOUR = 10


@require_http_methods(["GET", "HEAD", "POST"])
@limited("report", per_hour=REPORTS_PER_HOUR)
def thesis_report(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Open to guests: whoever is hurt by a content should not have to register first."""
    thesis = get_object_or_404(Thesis.objects.filter(state__in=Thesis.PUBLIC_STATES), pk=pk)
    form = ContentReportForm(request.POST if request.method == "POST" else None, person=signed_in_person(request))
    if form.is_valid():
        try:
            report_thesis(thesis=thesis, complaint=form.complaint())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(
                request, _("Danke. Das Projektbüro prüft Ihre Meldung. Die These bleibt bis dahin stehen.")
            )
            return redirect(thesis)
    context = {"form": form, "thesis": thesis}
    return render(request, "theses/thesis_report.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("report", per_hour=REPORTS_PER_HOUR)
def contribution_report(request: HttpRequest, pk: int, slug: str, contribution_pk: int) -> HttpResponse:
    """Open to guests, as for theses."""
    rows = Contribution.objects.shown().filter(thesis=pk, thesis__state__in=Thesis.PUBLIC_STATES)
    row = get_object_or_404(rows.select_related("thesis", "author"), pk=contribution_pk)
    form = ContentReportForm(request.POST if request.method == "POST" else None, person=signed_in_person(request))
    if form.is_valid():
        try:
            report_contribution(contribution=row, complaint=form.complaint())
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            text = _("Danke. Das Projektbüro prüft Ihre Meldung. Der Beitrag bleibt bis dahin stehen.")
            messages.success(request, text)
            return redirect(row)
    context = {"form": form, "row": row, "thesis": row.thesis}
    return render(request, "theses/contribution_report.html", context, status=422 if form.errors else 200)
