"""A frozen version by its link, without an account. Who has the link may read; nobody else learns that there is one."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from measures.domain.report_link import find_link, note_use
from measures.models import ReportLink
from measures.views.report import drawn_report
from measures.views.report_files import report_file
from stakeholders.limits import limited

SHARED_FORMATS = ("pdf", "xlsx", "csv", "json")
SECRET = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
"""The address is the permission: it must reach no search engine and no other site."""

LinkView = Callable[..., HttpResponse]


def by_link(view: LinkView) -> LinkView:
    """Gives the view the valid link of the token. One that is over answers 410, what never was one 404."""

    @never_cache
    @limited("shared_report", per_hour=300, method="GET")
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **parts: str) -> HttpResponse:
        link = find_link(token)
        if link is None or not link.is_valid:
            context = {"link": link}
            response = render(request, "measures/report_link_over.html", context, status=410 if link else 404)
        else:
            response = view(request, link, token, **parts)
            note_use(link)
        for name, value in SECRET.items():
            response[name] = value
        return response

    return guarded


@by_link
def shared_report(request: HttpRequest, link: ReportLink, token: str) -> HttpResponse:
    title, article = drawn_report(link.ranking)
    context = {"ranking": link.ranking, "title": title, "article": article, "link": link, "token": token}
    return render(request, "measures/report_shared.html", context)


@by_link
def shared_download(request: HttpRequest, link: ReportLink, token: str, extension: str) -> HttpResponse:
    if extension not in SHARED_FORMATS:
        raise Http404
    return report_file(request, link.ranking, extension, link)
