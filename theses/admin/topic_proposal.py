"""Topics that people miss: the queue, and the office's word."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.decision import DecisionAdmin
from stakeholders.models import Stakeholder
from theses.domain.topic_proposal import accept_topic, decline_topic
from theses.forms.topic_proposal import DECLINE, TopicDecisionForm
from theses.models import TopicProposal

WAITING_FIRST = Case(When(state=TopicProposal.State.WAITING, then=Value(0)), default=Value(1))


@admin.register(TopicProposal)
class TopicProposalAdmin(DecisionAdmin[TopicProposal]):
    """Whoever waits longest stands on top."""

    form = TopicDecisionForm
    list_display = ("name", "author", "state", "proposed_at", "decided_at")
    list_select_related = ("author",)
    list_filter = ("state",)
    search_fields = ("name", "explanation", "author__last_name", "author__email")
    ordering = (WAITING_FIRST, "proposed_at")
    shown = ("name", "explanation", "author", "state", "proposed_at", "decided_at", "decision_reason", "topic")
    done = _("Entschieden. Die Person erhält eine Nachricht.")

    def waits(self, row: TopicProposal) -> bool:
        return row.state == TopicProposal.State.WAITING

    def decide(self, row: TopicProposal, actor: Stakeholder, cleaned: dict[str, Any]) -> None:
        verb = decline_topic if cleaned["decision"] == DECLINE else accept_topic
        verb(proposal=row, actor=actor, reason=cleaned["answer"])
