"""Two frozen results side by side, for whoever may read both."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from measures.forms.report_comparison import ComparisonForm, place_of
from measures.models import Ranking
from measures.reports.comparison import build_comparison
from publishing.html import document_html
from publishing.kept import kept
from stakeholders.permissions import may_read_reports

HOUR = 3600


@require_safe
def report_comparison(request: HttpRequest) -> HttpResponse:
    """Published results for everybody, all of them for ministry and project office."""
    rankings = list(Ranking.objects.visible_to(request.user).listed())
    asked = request.GET if "a" in request.GET or "b" in request.GET else None
    form = ComparisonForm(asked, rankings=rankings)
    article = None
    if form.is_valid():
        chosen = {place_of(ranking): ranking for ranking in rankings}
        article = _article(chosen[form.cleaned_data["a"]], chosen[form.cleaned_data["b"]])
    context = {
        "form": form,
        "article": article,
        "enough": len(rankings) > 1,
        "reads_reports": may_read_reports(request.user),
    }
    return render(request, "measures/report_comparison.html", context, status=422 if form.errors else 200)


def _article(first: Ranking, second: Ranking) -> SafeString:
    def draw() -> SafeString:
        return document_html(build_comparison(first, second, get_language() or "de"))

    return kept("report comparison", first.pk, second.pk, seconds=HOUR, draw=draw)
