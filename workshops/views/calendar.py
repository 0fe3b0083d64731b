from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from workshops.calendar_file import public_calendar
from workshops.models import Workshop


@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Subscribable: everything public that is not over, cancelled events as such."""
    workshops = Workshop.objects.upcoming()
    return calendar_response(public_calendar(workshops, name="ZukunftsWerkstatt INDUSTRIE"), _("veranstaltungen"))


@require_safe
def workshop_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    workshop = get_object_or_404(Workshop.objects.visible_to(request.user), slug=slug)
    return calendar_response(public_calendar([workshop], name=str(workshop)), slug)


def calendar_response(content: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.ics"'},
    )
