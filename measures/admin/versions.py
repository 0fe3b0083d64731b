"""The versions of a measure at the desk: which there are, what differs, and bringing one back."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.domain.measure_history import RESTORED, Version, differences, restore_version, versions_of
from measures.models import Measure
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current, is_project_office


@require_safe
def version_list(request: HttpRequest, pk: int) -> HttpResponse:
    """`von` and `bis` in the address choose two to compare, by the numbers of the versions."""
    measure = _measure(request, pk)
    versions = versions_of(measure)
    chosen = [_chosen(versions, request.GET.get(name, "")) for name in ("von", "bis")]
    context = {
        **admin.site.each_context(request),
        "title": _("Fassungen"),
        "opts": Measure._meta,
        "measure": measure,
        "versions": versions,
        "before": chosen[0],
        "after": chosen[1],
        "differences": differences(chosen[0], chosen[1]) if chosen[0] and chosen[1] else None,
    }
    return render(request, "measures/admin/version_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def version_restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What bringing back would change, compared with today; then the change itself."""
    measure = _measure(request, pk)
    if request.method == "POST":
        return _restore(request, measure, number)
    versions = versions_of(measure)
    version = _chosen(versions, str(number))
    if version is None:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "title": _("Fassung %(number)d wiederherstellen") % {"number": number},
        "opts": Measure._meta,
        "measure": measure,
        "version": version,
        "newest": versions[0],
        "differences": differences(versions[0], version, RESTORED),
    }
    return render(request, "measures/admin/version_restore.html", context)


def _restore(request: HttpRequest, measure: Measure, number: int) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        is_changed = restore_version(
            measure=measure, number=number, seen=int(seen) if seen.isdecimal() else 0, actor=current(request)
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        done = _("Fassung %(number)d gilt wieder. Sie ist zugleich die neueste Fassung.") % {"number": number}
        messages.success(request, done if is_changed else _("Diese Fassung gilt schon. Nichts wurde geändert."))
    return redirect("admin:measures_measure_versions", measure.pk)


def _measure(request: HttpRequest, pk: int) -> Measure:
    if not is_project_office(request.user):
        raise PermissionDenied
    return get_object_or_404(Measure.objects.named(), pk=pk)


def _chosen(versions: list[Version], number: str) -> Version | None:
    return next((version for version in versions if str(version.number) == number), None)
