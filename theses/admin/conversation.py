"""Conversations from elsewhere: the archive with its files, and the way into it: upload, dry run, decision."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.decision import DecisionAdmin
from stakeholders.admin.site import ReadOnlyAdmin
from stakeholders.models import Stakeholder
from stakeholders.permissions import current
from stakeholders.upload import is_too_large
from theses.domain.conversation import entries_of, unarchived
from theses.domain.conversation_data import NO_GROUP
from theses.domain.conversation_import import confirm_conversation, discard_conversation, upload_conversation
from theses.domain.conversation_writing import zipped_conversation
from theses.forms.conversation_import import (
    DISCARD,
    ConversationDecisionForm,
    ConversationUploadForm,
    DroppedUploadForm,
)
from theses.models import Conversation, ConversationImport, ConversationParticipant, ConversationStatement

State = ConversationImport.State

MOST_EXPORTED = 200_000
"""Answers and votes that are written within a second or two while the browser waits."""


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    change_form_template = "theses/admin/conversation.html"
    list_display = ("title", "participants_counted", "statements_counted", "imported_at")
    search_fields = ("title", "slug")
    fields = ("title", "slug", "participants_counted", "statements_counted", "told", "fingerprint", "imported_at")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Counted one by one, because together they would join everybody with every statement."""
        people, asked = counted(ConversationParticipant), counted(ConversationStatement)
        return super().get_queryset(request).annotate(people=people, asked=asked)

    @admin.display(description=_("Teilnehmende"))
    def participants_counted(self, conversation: Any) -> int:
        return int(conversation.people)

    @admin.display(description=_("Aussagen"))
    def statements_counted(self, conversation: Any) -> int:
        return int(conversation.asked)

    @admin.display(description=_("Angaben der Quelle"))
    def told(self, conversation: Conversation) -> str:
        return in_lines(f"{name}: {value}" for name, value in conversation.summary)

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export)
        return [path("<int:pk>/export/", export, name="theses_conversation_export"), *super().get_urls()]

    def export(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        conversation = get_object_or_404(Conversation, pk=pk)
        if entries_of(conversation) > MOST_EXPORTED:
            sentence = _("So große Konversationen schreibt auf dem Server der Befehl export_polis %(slug)s.")
            self.message_user(request, sentence % {"slug": conversation.slug}, messages.WARNING)
            return redirect("admin:theses_conversation_change", pk)
        headers = {"Content-Disposition": f'attachment; filename="{conversation.slug}.zip"'}
        content = zipped_conversation(unarchived(conversation))
        return HttpResponse(content, content_type="application/zip", headers=headers)


@admin.register(ConversationImport)
class ConversationImportAdmin(DecisionAdmin[ConversationImport]):
    """Adding uploads; the page that follows tells what would be stored and asks, once the worker has read the files."""

    form = ConversationDecisionForm
    add_form_template = "theses/admin/conversation_upload.html"
    change_form_template = "theses/admin/conversation_import.html"
    list_display = ("title", "state", "created_at", "finished_at")
    list_filter = ("state",)
    search_fields = ("title",)
    answers = ("decision",)
    found = ("participants", "theses", "answers_found", "votes", "statements", "groups", "known")
    done = _("Ihre Entscheidung ist gespeichert.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_staff

    def waits(self, row: ConversationImport) -> bool:
        return row.state == State.READY

    def decide(self, row: ConversationImport, actor: Stakeholder, cleaned: dict[str, Any]) -> None:
        verb = discard_conversation if cleaned["decision"] == DISCARD else confirm_conversation
        verb(conversation_import=row, actor=actor)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConversationImport]:
        return super().get_queryset(request).defer("content")

    def get_form(
        self, request: HttpRequest, obj: ConversationImport | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = DroppedUploadForm if is_too_large(request.META) else ConversationUploadForm
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: ConversationImport | None = None) -> tuple[str, ...]:
        if obj is None:
            return ()
        shown: tuple[str, ...] = ("title", "state", "created_at")
        shown += self.found if obj.counts else ()
        shown += ("troubles",) if obj.trouble else ()
        shown += ("finished_at",) if obj.finished_at else ()
        return (*shown, "conversation") if obj.conversation_id else shown

    def get_fieldsets(self, request: HttpRequest, obj: ConversationImport | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ("upload", "title")})]
        sections: list[tuple[Any, dict[str, Any]]] = [(None, {"fields": self.get_readonly_fields(request, obj)})]
        if request.method == "POST" or self.waits(obj):
            sections.append((_("Entscheidung"), {"fields": self.answers}))
        return sections

    def save_model(self, request: HttpRequest, obj: ConversationImport, form: ModelForm[Any], change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        cleaned = form.cleaned_data
        made = upload_conversation(content=cleaned["upload"], title=cleaned["title"], actor=current(request))
        obj.pk, obj.title = made.pk, made.title

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """On to the dry run."""
        self.message_user(
            request, _("Hochgeladen. Gleich steht hier, was übernommen würde. Noch ist nichts im Archiv.")
        )
        return redirect("admin:theses_conversationimport_change", obj.pk)

    @admin.display(description=_("Teilnehmende"))
    def participants(self, row: ConversationImport) -> int:
        return int(row.counts["participants"])

    @admin.display(description=_("Thesen, zu denen gefragt wurde"))
    def theses(self, row: ConversationImport) -> int:
        return int(row.counts["theses"])

    @admin.display(description=_("Antworten, die zählen"))
    def answers_found(self, row: ConversationImport) -> int:
        return int(row.counts["answers"])

    @admin.display(description=_("Stimmabgaben einschließlich geänderter"))
    def votes(self, row: ConversationImport) -> int:
        return int(row.counts["votes"])

    @admin.display(description=_("Aussagen mit Text"))
    def statements(self, row: ConversationImport) -> int:
        return int(row.counts["statements"])

    @admin.display(description=_("Gruppen"))
    def groups(self, row: ConversationImport) -> str:
        without = gettext("ohne Gruppe")
        return in_lines(f"{without if name == NO_GROUP else name}: {people}" for name, people in row.counts["groups"])

    @admin.display(description=_("Schon im Archiv"))
    def known(self, row: ConversationImport) -> str:
        if row.counts["known"]:
            return gettext("ja, unter der Adresse %(slug)s; sie bleibt, wie sie ist") % {"slug": row.counts["known"]}
        return gettext("nein")

    @admin.display(description=_("Fehler"))
    def troubles(self, row: ConversationImport) -> SafeString:
        return in_lines(row.trouble.splitlines())


def counted(model: type[ConversationParticipant | ConversationStatement]) -> Coalesce:
    rows = model._default_manager.filter(conversation=OuterRef("pk"), counted=True).order_by()
    numbers = rows.values("conversation").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(numbers), 0)


def in_lines(lines: Any) -> SafeString:
    return format_html_join("\n", "<div>{}</div>", ((line,) for line in lines))
