"""Pages on which the office reads what waits and answers once: neither adding nor rewriting nor deleting."""

from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.refusal import Refusal
from stakeholders.models import Stakeholder
from stakeholders.permissions import current

Row = TypeVar("Row", bound=Model)


class DecisionAdmin(AuditedAdmin[Row]):
    """`shown` are read-only fields; `answers` those of the form, which stand there only while the row waits.

    Whoever comes too late is told by the form, which asks the domain, and keeps what was typed.
    """

    audited_by_domain = True
    change_form_template = "stakeholders/admin/decide.html"
    shown: tuple[str, ...] = ()
    answers: tuple[str, ...] = ("decision", "answer")
    done = _("Entschieden. Die Beteiligten erhalten eine Nachricht.")

    def waits(self, row: Row) -> bool:
        raise NotImplementedError

    def decide(self, row: Row, actor: Stakeholder, cleaned: dict[str, Any]) -> None:
        """One call of the domain, which refuses, writes the audit log and posts the mails."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Row | None = None) -> tuple[str, ...]:
        return self.shown

    def get_fieldsets(self, request: HttpRequest, obj: Row | None = None) -> Any:
        sections: list[tuple[Any, dict[str, Any]]] = [(None, {"fields": self.shown})]
        if request.method == "POST" or (obj is not None and self.waits(obj)):
            sections.append((_("Entscheidung"), {"fields": self.answers}))
        return sections

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        row = kwargs.get("obj")
        asks = request.method == "POST" or (row is not None and self.waits(row))
        return super().render_change_form(request, context | {"asks": asks}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Row, form: ModelForm[Any], change: bool) -> None:
        try:
            self.decide(obj, current(request), form.cleaned_data)
        except Refusal as refusal:
            self.message_user(request, refusal.sentence, messages.ERROR)
        else:
            self.message_user(request, self.done)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The audit log holds the decision; Django's own would repeat what somebody wrote, and outlive its erasure."""

    def response_change(self, request: HttpRequest, obj: Row) -> HttpResponse:
        """Back to the queue, without the stock sentence about a change that was saved."""
        return self.response_post_save_change(request, obj)
