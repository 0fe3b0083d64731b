"""Texts and their versions: what is in force, what was, and the next one."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.markdown_source import markdown_of
from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain import security_txt
from stakeholders.domain.consent import LEGAL_TEXTS, wording_in_force
from stakeholders.domain.legal_text import differences, newest_version, publish
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.legal_text import LegalTextForm
from stakeholders.models import LegalText
from stakeholders.permissions import current

LANGUAGES = [code for code, _name in settings.LANGUAGES]
Name = LegalText.Name


@admin.register(LegalText)
class LegalTextAdmin(AuditedAdmin[LegalText]):
    """Versions are only ever added; a row shows one and what it changed."""

    audited_by_domain = True
    form = LegalTextForm
    change_list_template = "stakeholders/admin/legal_text_list.html"
    list_display = ("__str__", "title", "published_at", "author")
    list_select_related = ("author",)
    list_filter = ("name", "language")
    search_fields = ("title", "body")
    readonly_fields = ("changes",)

    def get_fields(self, request: HttpRequest, obj: LegalText | None = None) -> tuple[str, ...]:
        if obj is None:
            return ("title", "body", "name", "language", "seen")
        return ("name", "language", "number", "published_at", "author", "title", "changes", "body")

    def has_change_permission(self, request: HttpRequest, obj: LegalText | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LegalText | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        newest = {(text.name, text.language): text for text in LegalText.objects.current().defer("body")}
        rows = [(name, code, newest.get((name.value, code))) for name in Name for code in languages_of(name)]
        return super().changelist_view(request, {**(extra_context or {}), "texts": rows})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """A version is of one text in one language; who comes without both chooses in the list first."""
        chosen = request.POST or request.GET
        known = chosen.get("name") in Name.values and chosen.get("language") in LANGUAGES
        if not known:
            messages.info(request, gettext("Bitte wählen Sie hier, welchen Text Sie ändern möchten."))
            return redirect("admin:stakeholders_legaltext_changelist")
        title = f"{Name(chosen['name']).label} ({chosen['language']}): {gettext('neue Fassung')}"
        return super().add_view(request, form_url, {**(extra_context or {}), "title": title})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        name, language = Name(request.GET["name"]), request.GET["language"]
        newest = newest_version(name, language)
        if newest:
            said = {"title": newest.title, "body": newest.body, "seen": newest.number}
        else:
            said = {**text_of_software(name, language), "seen": 0}
        return {"name": name, "language": language, **said}

    def save_model(self, request: HttpRequest, obj: LegalText, form: ModelForm[Any], change: bool) -> None:
        said = {key: form.cleaned_data[key] for key in ("name", "language", "title", "body", "seen")}
        try:
            text = publish(actor=current(request), **said)
        except Refusal as refusal:
            self.message_user(request, refusal.sentence, messages.ERROR)
        else:
            obj.pk, obj.number = text.pk, text.number
            self.message_user(request, _("Veröffentlicht. Die neue Fassung erscheint innerhalb einer Minute."))

    def log_addition(self, request: HttpRequest, obj: LegalText, message: Any) -> Any:
        return super().log_addition(request, obj, message) if obj.pk else None

    def response_add(self, request: HttpRequest, obj: LegalText, post_url_continue: str | None = None) -> HttpResponse:
        """Back to the list, without the stock sentence."""
        return redirect("admin:stakeholders_legaltext_changelist")

    @admin.display(description=_("Änderungen gegenüber der Fassung davor"))
    def changes(self, text: LegalText) -> SafeString | str:
        before = LegalText.objects.filter(name=text.name, language=text.language, number=text.number - 1).first()
        if before is None:
            return gettext("Dies ist die erste Fassung.")
        words = {"-": ("del", gettext("entfernt")), "+": ("ins", gettext("neu"))}
        rows = (
            (*words[sign], line, words[sign][0]) for sign, line in differences(before.body, text.body) if sign in words
        )
        shown = format_html_join("", "<li><{}><span>{}:</span> {}</{}></li>", rows)
        return format_html("<ul>{}</ul>", shown) if shown else gettext("Nur die Überschrift ist anders.")


def languages_of(name: Name) -> list[str]:
    return ["de"] if name == Name.SECURITY else LANGUAGES


def text_of_software(name: Name, language: str) -> dict[str, str]:
    """Title and body to start from, until the office has published a version."""
    purpose = next((purpose for purpose, text in LEGAL_TEXTS.items() if text == name and name != Name.PRIVACY), None)
    with translation.override(language):
        if purpose:
            return {"title": str(name.label), "body": wording_in_force(purpose, language).body}
        if name == Name.SECURITY:
            return {"title": "security.txt", "body": security_txt.text_of_software()}
        source = markdown_of(render_to_string(f"pages/{language}/{name.value}.html"))
    title, _line, body = source.partition("\n")
    return {"title": title.removeprefix("# "), "body": body.strip()}
