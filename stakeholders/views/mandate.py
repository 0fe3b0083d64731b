from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.domain.mandate import confirm, end, name_deputy, refuse, request_mandate
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.mandate import ConfirmationForm, DeputyForm, MandateRequestForm, RefusalForm
from stakeholders.models import Mandate, Stakeholder
from stakeholders.permissions import complete_profile_required, current

SHOWN = 50
"""Of each list; the page is an overview, nobody speaks for that many organisations."""


@require_http_methods(["GET", "HEAD", "POST"])
@complete_profile_required
def mandate_list(request: HttpRequest) -> HttpResponse:
    """Own mandates, asking for one, and deciding about those of colleagues."""
    if request.method != "POST":
        return _page(request)
    form = MandateRequestForm(request.POST)
    if form.is_valid():
        organisation, reason = form.cleaned_data["organisation_name"], form.cleaned_data["reason"]
        try:
            request_mandate(person=current(request), organisation=organisation, reason=reason)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Ihr Antrag ist gestellt. Sie erhalten eine E-Mail, sobald entschieden ist."))
            return redirect("stakeholders:mandate_list")
    return _page(request, sent=form)


@require_POST
@complete_profile_required
def mandate_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _visible(request, pk)
    form = ConfirmationForm(request.POST, mandate=mandate)
    if form.is_valid():
        try:
            confirm(mandate=mandate, actor=current(request), ends_on=form.cleaned_data["ends_on"])
        except Refusal as refusal:
            return _refused(request, mandate, refusal, form)
        messages.success(request, _("Das Mandat ist bestätigt. Die Person erhält eine E-Mail."))
        return redirect("stakeholders:mandate_list")
    return _page(request, about=mandate, sent=form)


@require_POST
@complete_profile_required
def mandate_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _visible(request, pk)
    form = RefusalForm(request.POST, mandate=mandate)
    if form.is_valid():
        try:
            refuse(mandate=mandate, actor=current(request), reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            return _refused(request, mandate, refusal, form)
        messages.success(request, _("Der Antrag ist abgelehnt. Die Person erhält eine E-Mail."))
        return redirect("stakeholders:mandate_list")
    return _page(request, about=mandate, sent=form)


@require_POST
@complete_profile_required
def mandate_end(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _visible(request, pk)
    try:
        end(mandate=mandate, actor=current(request))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        asked = mandate.state == Mandate.State.REQUESTED
        ended = _("Das Mandat ist beendet. Was darunter gesagt wurde, bleibt gekennzeichnet.")
        messages.success(request, _("Der Antrag ist zurückgezogen.") if asked else ended)
    return redirect("stakeholders:mandate_list")


@require_POST
@complete_profile_required
def mandate_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer is the same whoever the address belongs to."""
    person = current(request)
    mandate = get_object_or_404(Mandate.objects.filter(person=person).select_related("organisation"), pk=pk)
    form = DeputyForm(request.POST, mandate=mandate)
    if form.is_valid():
        try:
            name_deputy(actor=person, organisation=mandate.organisation, **form.cleaned_data)
        except Refusal as refusal:
            return _refused(request, mandate, refusal, form)
        text = _("Wenn zu dieser Adresse ein Konto gehört, spricht die Person jetzt als Ihre Stellvertretung.")
        messages.success(request, text)
        return redirect("stakeholders:mandate_list")
    return _page(request, about=mandate, sent=form)


def _visible(request: HttpRequest, pk: int) -> Mandate:
    return get_object_or_404(Mandate.objects.visible_to(current(request)), pk=pk)


def _refused(request: HttpRequest, mandate: Mandate, refusal: Refusal, sent: Form) -> HttpResponse:
    """At its field, or on top where the form is gone because somebody else was faster."""
    if refusal.field is None:
        messages.error(request, refusal.sentence)
        return redirect("stakeholders:mandate_list")
    sent.add_error(refusal.field, refusal.sentence)
    return _page(request, about=mandate, sent=sent)


def _page(request: HttpRequest, *, about: Mandate | None = None, sent: Form | None = None) -> HttpResponse:
    """`sent` is a form that came with errors, about the mandate `about` or asking for one; the others are fresh."""
    person = current(request)
    own = list(Mandate.objects.filter(person=person).select_related("organisation", "decided_by")[:SHOWN])
    speaking = [row for row in own if row.is_valid and row.kind == Mandate.Kind.SPEAKER]
    context = {
        "own": [_own_row(row, sent if row == about else None) for row in own],
        "waiting": [_waiting_row(row, sent if row == about else None) for row in _waiting(person, speaking)],
        "colleagues": _colleagues(person, speaking),
        "form": sent if isinstance(sent, MandateRequestForm) else MandateRequestForm(),
    }
    return render(request, "stakeholders/mandate_list.html", context, status=422 if sent else 200)


def _own_row(row: Mandate, sent: Form | None) -> dict[str, Any]:
    names = row.is_valid and row.kind == Mandate.Kind.SPEAKER
    return {"mandate": row, "naming": (sent or DeputyForm(mandate=row)) if names else None}


def _waiting_row(row: Mandate, sent: Form | None) -> dict[str, Any]:
    return {
        "mandate": row,
        "confirming": sent if isinstance(sent, ConfirmationForm) else ConfirmationForm(mandate=row),
        "refusing": sent if isinstance(sent, RefusalForm) else RefusalForm(mandate=row),
    }


def _waiting(person: Stakeholder, speaking: list[Mandate]) -> list[Mandate]:
    rows = Mandate.objects.requested().filter(organisation__in=[row.organisation_id for row in speaking])
    others = rows.exclude(person=person).select_related("person", "organisation")
    return list(others.order_by("requested_at")[:SHOWN])


def _colleagues(person: Stakeholder, speaking: list[Mandate]) -> list[Mandate]:
    """Valid mandates of others that this person may end."""
    rows = Mandate.objects.valid().filter(organisation__in=[row.organisation_id for row in speaking])
    others = rows.exclude(person=person).select_related("person", "organisation")
    return list(others.order_by("organisation__name", "person__last_name", "pk")[:SHOWN])
