from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.domain.calendar import calendar
from portal.domain.data_export import file_of, request_export
from stakeholders.domain import subscription
from stakeholders.domain.audit import record
from stakeholders.domain.consent import (
    Purpose,
    scope_text,
    visible_scope,
    withdraw_visibility,
    wording_in_force,
    wording_of,
)
from stakeholders.domain.refusal import Refusal
from stakeholders.models import DataExport, Stakeholder, Subscription
from stakeholders.permissions import current
from stakeholders.privacy import consents_of
from stakeholders.verbs import StakeholderVerb


@login_required
@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Asked again every few seconds while an export is being prepared, by the script or by reloading."""
    person = current(request)
    exports = DataExport.objects.filter(person=person)
    context = {
        "person": person,
        "endings": calendar(person),
        "consents": consents(person),
        "export": exports.first(),
        "states": DataExport.State,
    }
    return render(request, "portal/my_data.html", context)


def consents(person: Stakeholder) -> dict[str, object]:
    """What is in force now, and every event with the words that were agreed to, the newest first."""
    return {
        "newsletter": any(row.state == Subscription.State.CONFIRMED for row in subscription.subscriptions_of(person)),
        "newsletter_wording": wording_in_force(Purpose.NEWSLETTER, person.language),
        "visible": bool(visible_scope(person)),
        "events": [
            (event, wording_of(event), scope_text(event))
            for event in consents_of(person).select_related("text").order_by("-at", "-pk")
        ],
    }


@require_POST
@login_required
def consent_change(request: HttpRequest) -> HttpResponse:
    person = current(request)
    try:
        messages.success(request, change(person, request.POST.get("action", "")))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("my_data")


def change(person: Stakeholder, action: str) -> str:
    """The sentence that says what has happened; pressing a button twice is harmless."""
    if action == "subscribe":
        if subscription.subscribe(person=person):
            return _("Sie bekommen den Rundbrief.")
        return _("Wir haben Ihnen eine E-Mail geschickt. Bitte bestätigen Sie darin den Rundbrief.")
    if action == "unsubscribe":
        for row in subscription.subscriptions_of(person):
            subscription.end(subscription=row)
        return _("Sie bekommen den Rundbrief nicht mehr.")
    if action == "hide":
        withdraw_visibility(person=person)
        return _("Andere sehen jetzt nur noch Ihren Namen.")
    raise Refusal(_("Diese Einwilligung kennt das Portal nicht. Bitte laden Sie die Seite neu."))


@require_POST
@login_required
def export_request(request: HttpRequest) -> HttpResponse:
    request_export(person=current(request))
    messages.success(request, _("Ihre Auskunft wird zusammengestellt. Sie bekommen eine E-Mail, wenn sie bereitliegt."))
    return redirect("my_data")


@login_required
@never_cache
@require_safe
def export_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Only to the person themselves; each download is noted."""
    person = current(request)
    export = get_object_or_404(DataExport.objects.available().filter(person=person), pk=pk)
    try:
        file = file_of(export).open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    record(StakeholderVerb.EXPORT_DOWNLOADED, actor=person, target=person)
    name = f"meine-daten-{export.requested_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
