"""New wordings that authors propose: what changes, and the decision."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, Value, When
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.decision import DecisionAdmin
from stakeholders.domain.word_difference import ADDED, REMOVED, word_difference
from stakeholders.models import Stakeholder
from theses.domain.version import accept_version, refuse_version
from theses.forms.version import ACCEPT, VersionDecisionForm
from theses.models import VersionProposal

WAITING_FIRST = Case(When(state=VersionProposal.State.WAITING, then=Value(0)), default=Value(1))
TAGS = {ADDED: "ins", REMOVED: "del"}


@admin.register(VersionProposal)
class VersionProposalAdmin(DecisionAdmin[VersionProposal]):
    form = VersionDecisionForm
    list_display = ("the_thesis", "author", "change", "state", "proposed_at")
    list_select_related = ("thesis", "author")
    list_filter = ("state",)
    search_fields = ("sentence", "thesis__sentence", "author__last_name")
    ordering = (WAITING_FIRST, "proposed_at")
    shown = (
        "the_thesis",
        "author",
        "new_sentence",
        "new_reason",
        "change",
        "proposed_at",
        "state",
        "decided_at",
        "decision_reason",
    )
    answers = ("decision", "substantial", "answer")
    done = _("Entschieden. Die Autorin oder der Autor erhält eine Nachricht.")

    @admin.display(description=_("These"))
    def the_thesis(self, proposal: VersionProposal) -> str:
        return str(proposal.thesis)

    @admin.display(description=_("neue These"))
    def new_sentence(self, proposal: VersionProposal) -> SafeString:
        return self._compared(proposal, proposal.thesis.sentence, proposal.sentence)

    @admin.display(description=_("neue Begründung"))
    def new_reason(self, proposal: VersionProposal) -> SafeString:
        return self._compared(proposal, proposal.thesis.reason, proposal.reason)

    def waits(self, row: VersionProposal) -> bool:
        return row.state == VersionProposal.State.WAITING

    def decide(self, row: VersionProposal, actor: Stakeholder, cleaned: dict[str, Any]) -> None:
        if cleaned["decision"] == ACCEPT:
            accept_version(proposal=row, actor=actor, substantial=cleaned["substantial"])
        else:
            refuse_version(proposal=row, actor=actor, reason=cleaned["answer"])

    def _compared(self, proposal: VersionProposal, before: str, after: str) -> SafeString:
        """What is new is underlined, what is gone struck through; a decided proposal shows its text alone."""
        if not self.waits(proposal):
            return format_html('<span lang="{}">{}</span>', proposal.thesis.text_language, after)
        pieces = [(TAGS.get(piece.kind, "span"), piece.text) for piece in word_difference(before, after)]
        marked = format_html_join("", "<{0}>{1}</{0}>", pieces)
        return format_html('<span lang="{}">{}</span>', proposal.thesis.text_language, marked)
