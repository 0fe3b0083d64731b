from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stakeholders.paging import page_of
from stakeholders.permissions import complete_profile_required, current
from theses.models import Stance, Thesis, ThesisVersion


@require_safe
@complete_profile_required
def stance_list(request: HttpRequest) -> HttpResponse:
    """One's own stances; on top those on open theses that have since changed in substance."""
    newer = ThesisVersion.objects.filter(thesis=OuterRef("thesis"), number__gt=OuterRef("version"), substantial=True)
    stances = (
        Stance.objects.filter(person=current(request), thesis__state__in=Thesis.PUBLIC_STATES)
        .annotate(
            look_again=Case(
                When(thesis__state=Thesis.State.PUBLISHED, version__lt=F("thesis__version"), then=Exists(newer)),
                default=Value(False),
            )
        )
        .select_related("thesis")
        .order_by("-look_again", "-changed_at", "-pk")
    )
    return render(request, "theses/stance_list.html", {"page_obj": page_of(stances, request.GET.get("page"))})
