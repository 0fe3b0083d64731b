"""Who speaks for organisations: the queue of requests, and what the office ends."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from stakeholders.admin.decision import DecisionAdmin
from stakeholders.domain.mandate import confirm, end, refuse
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.mandate_decision import REFUSE, MandateDecisionForm
from stakeholders.models import Mandate, Stakeholder
from stakeholders.permissions import current

WAITING_FIRST = Case(When(state=Mandate.State.REQUESTED, then=Value(0)), default=Value(1))


@admin.register(Mandate)
class MandateAdmin(DecisionAdmin[Mandate]):
    """Whoever waits longest stands on top."""

    form = MandateDecisionForm
    list_display = ("person", "organisation", "kind", "state", "requested_at", "starts_on", "ends_on", "decided_by")
    list_select_related = ("person", "organisation", "decided_by")
    list_filter = ("state", "kind", "ends_on")
    search_fields = ("person__first_name", "person__last_name", "person__email", "organisation__name")
    ordering = (WAITING_FIRST, "requested_at")
    shown = (
        "person",
        "organisation",
        "kind",
        "request_reason",
        "state",
        "requested_at",
        "starts_on",
        "ends_on",
        "decided_at",
        "decided_by",
        "decision_reason",
        "ended_at",
    )
    answers = ("decision", "last_day", "answer")
    done = _("Entschieden. Die Person erhält eine Nachricht.")
    actions = ("end_selected",)

    def waits(self, row: Mandate) -> bool:
        return row.state == Mandate.State.REQUESTED

    def decide(self, row: Mandate, actor: Stakeholder, cleaned: dict[str, Any]) -> None:
        if cleaned["decision"] == REFUSE:
            refuse(mandate=row, actor=actor, reason=cleaned["answer"])
        else:
            confirm(mandate=row, actor=actor, ends_on=cleaned["last_day"])

    @admin.action(description=_("Ausgewählte Mandate beenden"))
    def end_selected(self, request: HttpRequest, mandates: QuerySet[Mandate]) -> None:
        ended = 0
        for mandate in mandates:
            try:
                end(mandate=mandate, actor=current(request))
            except Refusal as refusal:
                self.message_user(request, f"{mandate.person}: {refusal.sentence}", messages.ERROR)
            else:
                ended += 1
        if ended:
            text = ngettext("%(number)d Mandat beendet.", "%(number)d Mandate beendet.", ended)
            self.message_user(request, text % {"number": ended})
