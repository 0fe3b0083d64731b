from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from theses.models import Stance, Thesis
from theses.permissions import may_see_shares
from theses.reports.thesis_figures import thesis_figures
from theses.views.evaluation import FORMATS


@require_safe
def stance_download(request: HttpRequest, pk: int, slug: str, extension: str) -> HttpResponse:
    """Found by those who see the shares on the page of the thesis; an old name in the address does."""
    thesis = get_object_or_404(Thesis.objects.visible_to(request.user), pk=pk)
    answered = request.user.is_authenticated and Stance.objects.filter(thesis=thesis, person=request.user).exists()
    if extension not in FORMATS or not may_see_shares(request.user, thesis, has_stance=answered):
        raise Http404
    figures = thesis_figures(thesis, get_language() or "de")
    if figures is None:
        raise Http404
    content_type, write = FORMATS[extension]
    headers = {
        "Content-Disposition": f'attachment; filename="these-{thesis.pk}-haltungen.{extension}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private",
    }
    return HttpResponse(write(figures), content_type=content_type, headers=headers)
