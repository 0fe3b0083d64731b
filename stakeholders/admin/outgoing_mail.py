"""The outbox: what waits, what failed, what needs a decision."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import ReadOnlyAdmin, names_field
from stakeholders.domain import outbox
from stakeholders.domain.refusal import Refusal
from stakeholders.models import (
    OutgoingMail,
)
from stakeholders.permissions import current

CONTENTS = ("text", "html", "attachments", "headers")
"""What a message says; it may be a code that opens an account."""


class NeedsHuman(admin.SimpleListFilter):
    title = _("Handlungsbedarf")
    parameter_name = "handlungsbedarf"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", gettext("braucht eine Entscheidung"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
        return queryset.filter(pk__in=OutgoingMail.objects.needing_human()) if self.value() == "ja" else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = ("subject", "state", "trouble", "recipient", "kind", "due_at", "attempts")
    list_filter = (NeedsHuman, "state", "kind", "due_at")
    search_fields = ("recipient", "subject", "key")
    fields = (
        ("state", "attempts", "last_error"),
        ("due_at", "created_at", "sent_at"),
        ("recipient", "person"),
        ("kind", "key"),
        "subject",
        "preview",
        "attachment_names",
    )
    readonly_fields = ("preview", "attachment_names")
    actions = ("requeue", "mark_sent", "withdraw", "release_drafts")
    date_hierarchy = "due_at"
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A filter in the address such as `text__contains` would tell a code letter by letter."""
        return not names_field(lookup, CONTENTS) and super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        """The list shows no bodies, and a page of them can be large."""
        return OutgoingMail.objects.defer(*CONTENTS)

    @admin.display(description=_("letzter Fehler"), empty_value="")
    def trouble(self, mail: OutgoingMail) -> str:
        return Truncator(mail.last_error).chars(80)

    @admin.display(description=_("Text"))
    def preview(self, mail: OutgoingMail) -> str:
        if mail.is_confidential:
            return gettext(
                "Der Text kann einen Code enthalten und ist nur für die Empfängerin oder den Empfänger bestimmt."
            )
        return mail.text

    @admin.display(description=_("Anlagen"))
    def attachment_names(self, mail: OutgoingMail) -> str:
        return ", ".join(attachment["name"] for attachment in mail.attachments)

    @admin.action(description=_("Erneut einreihen (kann doppelt ankommen)"))
    def requeue(self, request: HttpRequest, rows: QuerySet[OutgoingMail]) -> None:
        carry_out(request, rows, outbox.requeue)

    @admin.action(description=_("Als gesendet vermerken"))
    def mark_sent(self, request: HttpRequest, rows: QuerySet[OutgoingMail]) -> None:
        carry_out(request, rows, outbox.mark_sent)

    @admin.action(description=_("Zurückziehen"))
    def withdraw(self, request: HttpRequest, rows: QuerySet[OutgoingMail]) -> None:
        carry_out(request, rows, outbox.withdraw)

    @admin.action(description=_("Entwürfe freigeben"))
    def release_drafts(self, request: HttpRequest, rows: QuerySet[OutgoingMail]) -> None:
        carry_out(request, rows, outbox.release)


def carry_out(request: HttpRequest, mails: QuerySet[OutgoingMail], verb: Callable[..., None]) -> None:
    """One decision per message; what is refused is told once per reason and holds up nothing else."""
    refusals: Counter[str] = Counter()
    done = 0
    for mail in mails:
        try:
            verb(mail=mail, actor=current(request))
            done += 1
        except Refusal as refusal:
            refusals[refusal.sentence] += 1
    if done:
        text = ngettext("%(count)d Nachricht bearbeitet.", "%(count)d Nachrichten bearbeitet.", done)
        messages.success(request, text % {"count": done})
    for sentence, count in refusals.items():
        text = ngettext("%(count)d Nachricht ausgelassen:", "%(count)d Nachrichten ausgelassen:", count)
        messages.warning(request, f"{text % {'count': count}} {sentence}")
