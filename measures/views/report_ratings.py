"""The anonymised ratings of a report as tables, however many they are: the rows go from the kept data to the reader."""

from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.domain.disk_space import refuse_if_full
from measures.domain.ranking import note_download
from measures.domain.ranking_data import load_ranking_data
from measures.domain.rating_table import RatingTable, long_rows, rating_table
from measures.models import Ranking
from measures.permissions import may_have_ratings
from measures.views.report_files import FORMATS, visible_ranking
from publishing.csv_file import stream_csv
from publishing.long_xlsx import LongSheet, long_xlsx
from stakeholders.domain.refusal import Refusal


@require_safe
def report_ratings(request: HttpRequest, slug: str, version: int, extension: str) -> HttpResponse:
    """For everybody only if no few people show in them."""
    if extension not in {"csv", "xlsx"}:
        raise Http404
    ranking = visible_ranking(request, slug, version)
    if ranking is None or not (request.user.is_authenticated or may_have_ratings(request.user, ranking)):
        return redirect_to_login(request.get_full_path())
    if not may_have_ratings(request.user, ranking):
        raise Http404
    try:
        response = _streamed(ranking, extension)
    except Refusal as refusal:
        return render(
            request, "measures/report_refused.html", {"ranking": ranking, "sentence": refusal.sentence}, status=503
        )
    note_download(ranking=ranking, reader=request.user, extension=f"daten.{extension}")
    name = f"priorisierung-{slug}-fassung-{version}.daten.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _streamed(ranking: Ranking, extension: str) -> HttpResponse:
    table = rating_table(load_ranking_data(bytes(ranking.data)))
    kind = FORMATS[extension][0]
    if extension == "csv":
        header = (*table.rater_header(), *table.rating_header())
        response = StreamingHttpResponse(stream_csv(header, long_rows(table)), content_type=kind)
    else:
        try:
            response = FileResponse(long_xlsx(_sheets(table)), content_type=kind)
        except OSError as fault:
            refuse_if_full(fault)
    return cast("HttpResponse", response)  # Django treats both alike but has no common name that views declare


def _sheets(table: RatingTable) -> tuple[LongSheet, LongSheet]:
    ratings = ((number, *row) for number, row in table.ratings())
    return (
        LongSheet(_("Bewertende"), table.rater_header(), table.raters()),
        LongSheet(_("Bewertungen"), ("rater", *table.rating_header()), ratings),
    )
