from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from measures.domain.document import file_name
from measures.models import Measure, MeasureDocument


@require_safe
def document_file(request: HttpRequest, slug: str, number: int) -> FileResponse:
    """Always a download and, should a browser show it all the same, without any rights of this site."""
    measure = get_object_or_404(Measure.objects.visible_to(request.user).only("pk"), slug=slug)
    document = get_object_or_404(MeasureDocument, measure=measure, pk=number)
    try:
        content = document.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=file_name(document), content_type=document.content_type
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
