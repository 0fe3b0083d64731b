from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import current
from theses.admin.evidence import evidence_of
from theses.admin.queue import AssignedToMe, Overdue, assign_to_me
from theses.admin.shares import show_shares, show_shares_after_answer
from theses.domain.thesis import decline, publish, return_to_author
from theses.domain.working_days import due_on, working_days
from theses.forms.decision import DECLINE, RETURN, ThesisDecisionForm
from theses.models import Thesis

WAITING_FIRST = Case(When(state=Thesis.State.SUBMITTED, then=Value(0)), default=Value(1))
TEXT = ("the_sentence", "the_reason", "text_language", "evidence")
ABOUT = ("measure", "field_of_action", "topic", "district")
ORIGIN = (
    "author",
    "organisation",
    "by_mandate",
    "state",
    "waiting",
    "due",
    "assigned_to",
    "submitted_at",
    "decided_at",
    "published_at",
    "decision_reason",
)


@admin.register(Thesis)
class ThesisAdmin(AuditedAdmin[Thesis]):
    """The moderation desk: whoever waits longest stands on top. Nothing is added, rewritten or deleted here."""

    audited_by_domain = True
    form = ThesisDecisionForm
    change_form_template = "theses/thesis_decide.html"
    list_display = ("sentence", "waiting", "due", "state", "assigned_to", "author", "about")
    list_select_related = ("author", "assigned_to", "measure", "field_of_action")
    list_filter = (
        "state",
        AssignedToMe,
        Overdue,
        "field_of_action",
        ("measure", admin.RelatedOnlyFieldListFilter),
        "text_language",
    )
    list_per_page = 50
    search_fields = ("sentence", "reason", "author__first_name", "author__last_name", "author__email")
    date_hierarchy = "submitted_at"
    ordering = (WAITING_FIRST, "submitted_at")
    readonly_fields = TEXT + ABOUT + ORIGIN
    actions = ("publish_selected", assign_to_me, show_shares, show_shares_after_answer)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Thesis | None = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Thesis | None = None) -> Any:
        """The decision stands below what it is about; a decided thesis shows it only to somebody who came too late."""
        shown = [
            (_("Text"), {"fields": TEXT}),
            (_("Bezug"), {"fields": ABOUT}),
            (_("Herkunft und Stand"), {"fields": ORIGIN}),
        ]
        undecided = obj is not None and obj.state == Thesis.State.SUBMITTED
        return [*shown, (_("Entscheidung"), {"fields": ("decision", "answer")})] if undecided or request.POST else shown

    @admin.display(description=_("These"))
    def the_sentence(self, thesis: Thesis) -> SafeString:
        return format_html('<span lang="{}">{}</span>', thesis.text_language, thesis.sentence)

    @admin.display(description=_("Begründung"))
    def the_reason(self, thesis: Thesis) -> SafeString:
        text = mark_safe(linebreaks(thesis.reason, autoescape=True))  # noqa: S308 escaped by linebreaks
        return format_html('<div lang="{}">{}</div>', thesis.text_language, text)

    @admin.display(description=_("Belege"))
    def evidence(self, thesis: Thesis) -> str:
        return evidence_of(thesis)

    @admin.display(description=_("Maßnahme oder Handlungsfeld"))
    def about(self, thesis: Thesis) -> str:
        return str(thesis.measure or thesis.field_of_action)

    @admin.display(description=_("mit Mandat"), boolean=True)
    def by_mandate(self, thesis: Thesis) -> bool:
        return thesis.mandate_id is not None

    @admin.display(description=_("wartet seit"), ordering="submitted_at")
    def waiting(self, thesis: Thesis) -> str:
        """In Saxony's working days; more than the promise is overdue."""
        if thesis.state != Thesis.State.SUBMITTED:
            return "–"
        days = working_days(timezone.localdate(thesis.submitted_at), timezone.localdate())
        text = ngettext("%(days)d Arbeitstag", "%(days)d Arbeitstagen", days) % {"days": days}
        return _("%(text)s – überfällig") % {"text": text} if days > Thesis.ANSWER_WITHIN else text

    @admin.display(description=_("zu beantworten bis"), ordering="submitted_at")
    def due(self, thesis: Thesis) -> date | None:
        if thesis.state != Thesis.State.SUBMITTED:
            return None
        return due_on(timezone.localdate(thesis.submitted_at), Thesis.ANSWER_WITHIN)

    def view_on_site(self, thesis: Thesis) -> str:
        return thesis.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Thesis, form: Any, change: bool) -> None:
        try:
            decide(obj, current(request), form.cleaned_data["decision"], form.cleaned_data["answer"])
        except Refusal as refusal:
            self.message_user(request, refusal.sentence, messages.ERROR)
        else:
            self.message_user(request, _("Entschieden. Die Autorin oder der Autor erhält eine Nachricht."))

    def response_change(self, request: HttpRequest, obj: Thesis) -> HttpResponse:
        """Back to the queue, without the stock sentence about a change that was saved."""
        return self.response_post_save_change(request, obj)

    @admin.action(description=_("Ausgewählte Thesen veröffentlichen"))
    def publish_selected(self, request: HttpRequest, theses: QuerySet[Thesis]) -> None:
        published = 0
        for thesis in theses:
            try:
                publish(thesis=thesis, actor=current(request))
            except Refusal as refusal:
                self.message_user(request, f"„{thesis}“: {refusal.sentence}", messages.ERROR)
            else:
                published += 1
        if published:
            text = ngettext("%(number)d These veröffentlicht.", "%(number)d Thesen veröffentlicht.", published)
            self.message_user(request, text % {"number": published})


def decide(thesis: Thesis, actor: Stakeholder, decision: str, answer: str) -> None:
    if decision == RETURN:
        return_to_author(thesis=thesis, actor=actor, reason=answer)
    elif decision == DECLINE:
        decline(thesis=thesis, actor=actor, reason=answer)
    else:
        publish(thesis=thesis, actor=actor)
