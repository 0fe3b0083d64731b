"""Reported contents: the queue, and the decision, which may take a thesis off the public."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, Value, When
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.decision import DecisionAdmin
from stakeholders.forms.content_report import REMOVE, ReportDecisionForm
from stakeholders.models import ContentReport, Stakeholder
from theses.domain.content_report import decide_report

WAITING_FIRST = Case(When(state=ContentReport.State.OPEN, then=Value(0)), default=Value(1))


@admin.register(ContentReport)
class ContentReportAdmin(DecisionAdmin[ContentReport]):
    """Whoever waits longest stands on top. Registered here, because only this app can take a thesis off the public."""

    form = ReportDecisionForm
    list_display = ("label", "reason", "state", "reported_at", "decided_by")
    list_select_related = ("decided_by",)
    list_filter = ("state", "reason")
    search_fields = ("label", "explanation")
    ordering = (WAITING_FIRST, "reported_at")
    shown = (
        "content",
        "author",
        "reason",
        "explanation",
        "reporter",
        "reporter_email",
        "reported_at",
        "state",
        "decided_at",
        "decided_by",
        "decision_reason",
    )
    done = _("Entschieden. Beide Seiten erhalten die Begründung, soweit wir ihre Adresse haben.")

    @admin.display(description=_("Inhalt"))
    def content(self, report: ContentReport) -> str:
        return format_html('<a href="{}">{}</a>', report.address, report.label)

    def waits(self, row: ContentReport) -> bool:
        return row.state == ContentReport.State.OPEN

    def decide(self, row: ContentReport, actor: Stakeholder, cleaned: dict[str, Any]) -> None:
        removed = cleaned["decision"] == REMOVE
        decide_report(content_report=row, removed=removed, reason=cleaned["answer"], actor=actor)
