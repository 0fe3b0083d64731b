"""Changes of the declared group after a rating: the queue, and the office's word."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.decision import DecisionAdmin
from stakeholders.domain.group_change import confirm, refuse
from stakeholders.forms.group_change import REFUSE, GroupChangeForm
from stakeholders.models import GroupChange, Stakeholder

WAITING_FIRST = Case(When(state=GroupChange.State.WAITING, then=Value(0)), default=Value(1))


@admin.register(GroupChange)
class GroupChangeAdmin(DecisionAdmin[GroupChange]):
    """Whoever waits longest stands on top."""

    form = GroupChangeForm
    list_display = ("person", "before", "wanted", "state", "requested_at", "decided_by")
    list_select_related = ("person", "before", "wanted", "decided_by")
    list_filter = ("state", "wanted")
    search_fields = ("person__first_name", "person__last_name", "person__email")
    ordering = (WAITING_FIRST, "requested_at")
    shown = (
        "person",
        "organisation",
        "before",
        "wanted",
        "state",
        "requested_at",
        "decided_at",
        "decided_by",
        "decision_reason",
    )
    done = _("Entschieden. Die Person erhält eine Nachricht.")

    @admin.display(description=_("Organisation"))
    def organisation(self, change: GroupChange) -> str:
        return str(change.person.organisation or "–")

    def waits(self, row: GroupChange) -> bool:
        return row.state == GroupChange.State.WAITING

    def decide(self, row: GroupChange, actor: Stakeholder, cleaned: dict[str, Any]) -> None:
        verb = refuse if cleaned["decision"] == REFUSE else confirm
        verb(change=row, actor=actor, reason=cleaned["answer"])
