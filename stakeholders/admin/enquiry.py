"""Enquiries: whoever waits longest on top, the thread, and the answer."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, Value, When
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.decision import DecisionAdmin
from stakeholders.domain.enquiry import answer, close
from stakeholders.forms.enquiry import CLOSE, AnswerForm
from stakeholders.models import Enquiry, EnquiryMessage, Stakeholder

WAITING_FIRST = Case(When(state=Enquiry.State.OPEN, then=Value(0)), default=Value(1))


@admin.register(Enquiry)
class EnquiryAdmin(DecisionAdmin[Enquiry]):
    form = AnswerForm
    list_display = ("subject", "topic", "state", "name", "changed_at")
    list_filter = ("state", "topic", "language")
    search_fields = ("subject", "name", "email", "messages__text")
    ordering = (WAITING_FIRST, "changed_at")
    shown = ("topic", "subject", "name", "email", "person", "language", "state", "created_at", "thread")
    answers = ("decision", "answer", "seen")
    done = _("Gespeichert. Eine Antwort geht per E-Mail hinaus.")

    @admin.display(description=_("Verlauf"))
    def thread(self, enquiry: Enquiry) -> SafeString:
        parts = [(head_of(message), body_of(message)) for message in enquiry.messages.select_related("author")]
        return format_html_join("", "<p><strong>{}</strong></p>{}", parts)

    def waits(self, row: Enquiry) -> bool:
        """An answer is possible at any time, also to what was closed."""
        return True

    def get_fieldsets(self, request: HttpRequest, obj: Enquiry | None = None) -> Any:
        (_name, shown), (_title, answers) = super().get_fieldsets(request, obj)
        return [(_("Anfrage"), shown), (_("Antwort"), answers)]

    def decide(self, row: Enquiry, actor: Stakeholder, cleaned: dict[str, Any]) -> None:
        if cleaned["decision"] == CLOSE:
            close(enquiry=row, actor=actor, seen=cleaned["seen"])
        else:
            answer(enquiry=row, text=cleaned["answer"], actor=actor, seen=cleaned["seen"])


def head_of(message: EnquiryMessage) -> str:
    who = gettext("Anfrage")
    if message.by_office:
        who = str(message.author or gettext("Projektbüro"))
    return f"{who}, {date_format(localtime(message.at), 'j. F Y, H:i')}"


def body_of(message: EnquiryMessage) -> SafeString:
    return mark_safe(linebreaks(message.text, autoescape=True))  # noqa: S308 escaped by linebreaks
