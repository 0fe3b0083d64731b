from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.domain.fit import assess_fit, districts_to_rate, own_fits, with_reason
from measures.forms.fit import FitFilterForm, FitForm, FitReasonFilterForm, RecordedFitForm, stored
from measures.models import FitAssessment, Measure
from measures.permissions import is_rater, raters_only
from measures.reports.fit import Figure, read
from measures.reports.fit_document import best_measures, best_places, meaning
from measures.reports.fit_drawing import district_map, heat_of_all, heat_of_district, heat_of_measure
from publishing.html import drawing_html, heat_html
from publishing.kept import kept
from stakeholders.domain.refusal import Refusal
from stakeholders.models import District, Stakeholder
from stakeholders.paging import page_of
from stakeholders.permissions import current, may_read_reports, project_office_only, report_readers_only

MINUTE = 60
FILES = (("csv", "CSV"), ("json", "JSON"), ("xlsx", "XLSX"))


@require_safe
def fit_overview(request: HttpRequest) -> HttpResponse:
    """All measures by districts as a tinted table, or one measure as map and table; at most a minute old."""
    form = FitFilterForm(request.GET, figures=Figure.choices)
    figure, measure = Figure(form.figure or Figure.OVERALL), form.measure
    context: dict[str, object] = {
        "form": form,
        "measure": measure,
        "meaning": meaning(),
        "files": FILES,
        "may_rate": _may_rate(request),
        "reads_reasons": may_read_reports(request.user),
    }
    if measure:
        context |= _of_measure(measure, figure)
    else:
        page = page_of(Measure.objects.published().named(), request.GET.get("page"))
        context |= {"page_obj": page, "heat": _of_all(list(page), figure)}
    return render(request, "measures/fit_overview.html", context)


@require_safe
def fit_district(request: HttpRequest, key: str) -> HttpResponse:
    """One district with all measures; at most a minute old."""
    district = get_object_or_404(districts_to_rate(), key=key)
    page = page_of(Measure.objects.published().named(), request.GET.get("page"))
    context = {"district": district, "page_obj": page, "meaning": meaning(), "may_rate": _may_rate(request)}
    return render(request, "measures/fit_district.html", context | _of_district(district, list(page)))


@require_http_methods(["GET", "HEAD", "POST"])
@raters_only
def fit_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet for one measure and a district one knows; `?kreis=` shows what one has said about that district."""
    measure = get_object_or_404(Measure.objects.published().select_related("field_of_action"), slug=slug)
    rater = current(request)
    own = own_fits(measure=measure, rater=rater)
    if request.method != "POST":
        form = FitForm(initial=_initial(own, request.GET.get("kreis"), rater))
    else:
        form = FitForm(request.POST)
        if form.is_valid() and _saved(request, measure, form):
            return redirect(f"{measure.get_absolute_url()}#passfaehigkeit")
    context = {"measure": measure, "form": form, "own": own}
    return render(request, "measures/fit_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@project_office_only
def fit_record(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """For somebody who wrote a letter, called or said it in the room; the form stays at the measure for the next."""
    measure = get_object_or_404(Measure.objects.published().select_related("field_of_action"), slug=slug)
    rater = get_object_or_404(Stakeholder.objects.taking_part().select_related("district"), pk=pk)
    form = RecordedFitForm(request.POST if request.method == "POST" else None, initial=_initial([], None, rater))
    if form.is_valid():
        try:
            assess_fit(
                measure=measure,
                district=form.cleaned_data["district"],
                rater=rater,
                answer=form.answer,
                recorded_by=current(request),
                channel=form.channel,
            )
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Die Einschätzung ist aufgeschrieben."))
            return redirect("stakeholders:person_detail", pk=rater.pk)
    context = {"measure": measure, "form": form, "rater": rater}
    return render(request, "measures/fit_record.html", context, status=422 if form.errors else 200)


@require_safe
@project_office_only
def fit_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Which measure the office writes an assessment down for."""
    rater = get_object_or_404(Stakeholder.objects.taking_part(), pk=pk)
    page = page_of(Measure.objects.published().named(), request.GET.get("page"))
    return render(request, "measures/fit_choose.html", {"rater": rater, "page_obj": page})


@require_safe
@report_readers_only
def fit_reasons(request: HttpRequest) -> HttpResponse:
    """What people wrote, without who they are; the latest first."""
    form = FitReasonFilterForm(request.GET)
    rows = form.apply(with_reason()).select_related("measure", "district").order_by("-changed_at", "-pk")
    names = ("reason", "knows", "changed_at", "measure__slug", "measure__title", "measure__title_en", "district__name")
    page = page_of(rows.only(*names, "district__name_en"), request.GET.get("page"))
    return render(request, "measures/fit_reasons.html", {"form": form, "page_obj": page})


def _saved(request: HttpRequest, measure: Measure, form: FitForm) -> bool:
    district: District = form.cleaned_data["district"]
    try:
        replaced = assess_fit(measure=measure, district=district, rater=current(request), answer=form.answer)
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.sentence)
        return False
    text = (
        _("Ihre Einschätzung für %(district)s ist geändert. Sie zählt in spätestens einer Minute.")
        if replaced
        else _("Ihre Einschätzung für %(district)s ist gespeichert. Sie zählt in spätestens einer Minute.")
    )
    messages.success(request, text % {"district": district})
    return True


def _initial(own: Sequence[FitAssessment], key: str | None, rater: Stakeholder) -> dict[str, object]:
    """What the rater said about the district that the address names, else the district alone, their own by default."""
    wanted = key or (rater.district.key if rater.district and rater.district.nuts else "")
    known = next((row for row in own if row.district.key == wanted), None)
    return stored(known) if known else {"district": wanted}


def _may_rate(request: HttpRequest) -> bool:
    return not request.user.is_authenticated or is_rater(request.user)


def _of_all(measures: list[Measure], figure: Figure) -> SafeString:
    def draw() -> SafeString:
        return heat_html(heat_of_all(read(measures=measures), figure), _language())

    return kept("fit", figure.value, tuple(row.pk for row in measures), seconds=MINUTE, draw=draw)


def _of_measure(measure: Measure, figure: Figure) -> dict[str, object]:
    def draw() -> dict[str, object]:
        fit = read(measures=[measure])
        return {
            "sentence": best_places(fit),
            "map": drawing_html(district_map(fit, 0, figure=figure), _language()),
            "heat": heat_html(heat_of_measure(fit, 0), _language()),
        }

    return kept("fit-measure", figure.value, measure.pk, seconds=MINUTE, draw=draw)


def _of_district(district: District, measures: list[Measure]) -> dict[str, object]:
    def draw() -> dict[str, object]:
        fit = read(measures=measures, districts=[district])
        return {"sentence": best_measures(fit), "heat": heat_html(heat_of_district(fit, 0), _language())}

    return kept("fit-district", district.pk, tuple(row.pk for row in measures), seconds=MINUTE, draw=draw)


def _language() -> str:
    return get_language() or "de"
