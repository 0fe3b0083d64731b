"""What became of a thesis: on its page, and as a permanent timeline."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from stakeholders.permissions import is_project_office
from theses.domain.version import looks_again
from theses.models import Conclusion, LineageStep, Stance, Thesis, VersionProposal
from theses.permissions import Visitor

PARTS_SHOWN = 50


@require_safe
def thesis_lineage(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    thesis = get_object_or_404(Thesis.objects.filter(state__in=Thesis.PUBLIC_STATES), pk=pk)
    if slug != thesis.slug:
        return redirect("theses:thesis_lineage", thesis.pk, thesis.slug, permanent=True)
    steps = LineageStep.objects.shown().filter(thesis=thesis)
    return render(request, "theses/thesis_lineage.html", {"thesis": thesis, "steps": steps})


def story_panel(visitor: Visitor, thesis: Thesis) -> dict[str, object]:
    """What the template theses/story.html shows to this visitor."""
    related = Thesis.objects.filter(Q(merged_into=thesis, state=Thesis.State.MERGED) | Q(split_from=thesis))
    named = related.named().filter(state__in=Thesis.PUBLIC_STATES)
    shown = list(named.order_by("pk")[:PARTS_SHOWN])
    return {
        "conclusion": _conclusion(thesis),
        "merged_theses": [row for row in shown if row.merged_into_id == thesis.pk],
        "parts": [row for row in shown if row.split_from_id == thesis.pk],
        "asked_again": _asked_again(visitor, thesis),
        "may_propose_version": _writes(visitor, thesis) and thesis.state == Thesis.State.PUBLISHED,
        "waiting_version": _writes(visitor, thesis) and _waiting(thesis),
        "moderates": is_project_office(visitor),
    }


def _conclusion(thesis: Thesis) -> Conclusion | None:
    """Only a closed thesis has one."""
    if thesis.state != Thesis.State.CLOSED:
        return None
    return Conclusion.objects.filter(thesis=thesis).select_related("measure").first()


def _asked_again(visitor: Visitor, thesis: Thesis) -> bool:
    if not visitor.is_authenticated or thesis.version == 1 or thesis.state != Thesis.State.PUBLISHED:
        return False
    return looks_again(thesis, Stance.objects.filter(thesis=thesis, person=visitor).first())


def _writes(visitor: Visitor, thesis: Thesis) -> bool:
    return visitor.is_authenticated and thesis.author_id == visitor.pk


def _waiting(thesis: Thesis) -> bool:
    return thesis.version_proposals.filter(state=VersionProposal.State.WAITING).exists()
