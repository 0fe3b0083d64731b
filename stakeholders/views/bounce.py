"""What mail servers report comes in here when a provider sends it; and an address that was marked is confirmed."""

import hmac
import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from stakeholders.domain.bounce import confirm_address, note_reports
from stakeholders.domain.bounce_folder import LARGEST
from stakeholders.domain.delivery_report import NotAReport, Report, Unreadable, read_reports, report_of
from stakeholders.limits import count
from stakeholders.models import Stakeholder
from stakeholders.permissions import current, project_office_only

MOST_AT_ONCE = 1000
PER_HOUR = 20_000
WRONG_PER_HOUR = 20


@csrf_exempt
def bounce_receive(request: HttpRequest) -> HttpResponse:
    """Only with the shared secret; without one in the environment there is no such page."""
    if not settings.BOUNCE_SECRET:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not is_known(request):
        busy = count("bounce refused", request) > WRONG_PER_HOUR
        return answer(429 if busy else 403, "Das Geheimnis fehlt oder stimmt nicht.")
    if count("bounce", request) > PER_HOUR:
        return answer(429, "Zu viele Meldungen in dieser Stunde.")
    if not is_small(request):
        return answer(413, "Die Meldung ist zu groß.")
    try:
        return JsonResponse(note_reports(reports_in(request)))
    except NotAReport:
        return answer(422, "Das ist keine Rückmeldung eines Mailservers.")
    except Unreadable as fault:
        return answer(400, f"Die Meldung ist nicht lesbar: {fault}")


def is_known(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return hmac.compare_digest(given.encode(), settings.BOUNCE_SECRET.encode())


def is_small(request: HttpRequest) -> bool:
    """Asked before the body is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isascii() and length.isdigit() and int(length) <= LARGEST


def reports_in(request: HttpRequest) -> list[Report]:
    """A whole report as a mail server wrote it, or one or many of its facts as JSON."""
    if request.content_type == "message/rfc822":
        return read_reports(request.body)
    if request.content_type != "application/json":
        raise Unreadable("Content-Type muss application/json oder message/rfc822 sein.")
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError) as fault:
        raise Unreadable("kein JSON") from fault
    rows = given if isinstance(given, list) else [given]
    if len(rows) > MOST_AT_ONCE:
        raise Unreadable(f"mehr als {MOST_AT_ONCE} Einträge")
    return [report_from(row) for row in rows]


def report_from(row: Any) -> Report:
    names = ("recipient", "status", "action", "words", "message_id")
    if not isinstance(row, dict) or any(not isinstance(row.get(name, ""), str) for name in names):
        raise Unreadable("jeder Eintrag ist ein Objekt mit Texten: " + ", ".join(names))
    if not row.get("recipient") or not row.get("message_id"):
        raise Unreadable("recipient und message_id müssen genannt sein")
    return report_of(**{name: row.get(name, "") for name in names})


def answer(status: int, sentence: str) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=status)


@require_POST
@login_required
def address_confirm(request: HttpRequest) -> HttpResponse:
    """The person says that the address is right after all."""
    person = current(request)
    if confirm_address(person=person, actor=person):
        messages.success(request, _("Danke. Wir schreiben Ihnen wieder an diese Adresse."))
    return redirect("dashboard")


@require_POST
@project_office_only
def person_address(request: HttpRequest, pk: int) -> HttpResponse:
    """The project office has asked, or knows better."""
    person: Stakeholder = get_object_or_404(Stakeholder, pk=pk)
    if confirm_address(person=person, actor=current(request)):
        messages.success(request, _("Die Adresse ist wieder frei. Neue Nachrichten gehen wieder dorthin."))
    return redirect("stakeholders:person_detail", pk)
