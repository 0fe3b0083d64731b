"""Audit log and consents, to read only."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.module_loading import module_has_submodule
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import ReadOnlyAdmin
from stakeholders.models import AuditEntry, ConsentEvent, Stakeholder

FACTS = {
    "content": _("Inhalt"),
    "fields": _("Felder"),
    "from": _("von"),
    "group": _("Akteursgruppe"),
    "is_superuser": _("Administration"),
    "language": _("Sprache"),
    "name": _("Text"),
    "number": _("Nummer"),
    "organisation": _("Organisation"),
    "purpose": _("Zweck"),
    "reason": _("Begründung"),
    "report": _("Meldung"),
    "role": _("Rolle"),
    "rows": _("Zeilen"),
    "shown": _("sichtbar"),
    "state": _("Stand"),
    "to": _("nach"),
}
"""What the keys of facts mean; any other key is shown as it stands."""

CHANGES = ("group", "role", "is_superuser", "organisation")
"""Facts that hold two values: before and after."""


@cache
def verbs() -> dict[str, Any]:
    """Every word of the audit log with its label, from the verbs.py of each app, whichever apps there are."""
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        if config.module and module_has_submodule(config.module, "verbs"):
            for words in vars(import_module(f"{config.name}.verbs")).values():
                if isinstance(words, type) and issubclass(words, TextChoices) and words is not TextChoices:
                    found |= {word.value: word.label for word in words}
    return found


class VerbFilter(admin.SimpleListFilter):
    title = _("Vorgang")
    parameter_name = "vorgang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(((value, str(label)) for value, label in verbs().items()), key=lambda row: row[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(verb=self.value()) if self.value() in verbs() else queryset


class ActorFilter(admin.SimpleListFilter):
    """Staff by name; everybody else is found by the search."""

    title = _("handelnde Person")
    parameter_name = "wer"
    PORTAL, OTHERS = "portal", "andere"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        staff = [(str(person.pk), str(person)) for person in Stakeholder.objects.filter(self.staff())]
        return [(self.PORTAL, gettext("das Portal selbst")), (self.OTHERS, gettext("Teilnehmende")), *staff]

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        chosen = self.value() or ""
        if chosen == self.PORTAL:
            return queryset.filter(actor__isnull=True)
        if chosen == self.OTHERS:
            staff = Stakeholder.objects.filter(self.staff()).values("pk")
            return queryset.filter(actor__isnull=False).exclude(actor__in=staff)
        return queryset.filter(actor=int(chosen)) if chosen in dict(self.lookup_choices) else queryset

    @staticmethod
    def staff() -> Q:
        return Q(is_superuser=True) | ~Q(role=Stakeholder.Role.STAKEHOLDER)


class TargetFilter(admin.SimpleListFilter):
    title = _("Art des Gegenstands")
    parameter_name = "art"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kinds = ContentType.objects.get_for_models(*admin.site._registry)
        named = ((str(kind.pk), str(model._meta.verbose_name)) for model, kind in kinds.items())
        return sorted(named, key=lambda row: row[1].casefold())

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        chosen = self.value() or ""
        return queryset.filter(target_type=int(chosen)) if chosen in dict(self.lookup_choices) else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "what", "actor", "target_label", "told")
    list_filter = (VerbFilter, ActorFilter, TargetFilter, "at")
    list_select_related = ("actor",)
    date_hierarchy = "at"
    search_fields = ("target_label", "actor__email", "actor__first_name", "actor__last_name")
    fields = ("at", "what", "actor", "target_type", "target_id", "target_label", "told")
    readonly_fields = ("what", "told")
    show_full_result_count = False

    @admin.display(description=_("Vorgang"), ordering="verb")
    def what(self, entry: AuditEntry) -> str:
        return str(verbs().get(entry.verb, entry.verb))

    @admin.display(description=_("Angaben"))
    def told(self, entry: AuditEntry) -> SafeString | str:
        parts = ((FACTS.get(key, key), fact_text(key, value)) for key, value in entry.facts.items())
        return format_html_join("; ", "{}: {}", parts)


def fact_text(key: str, value: object) -> str:
    """One fact as a reader would say it: before and after with an arrow, several things with commas."""
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nein")
    if value is None or value == "":
        return "–"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {fact_text(name, part)}" for name, part in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return (" → " if key in CHANGES else ", ").join(fact_text("", part) for part in value)
    return str(value)


@admin.register(ConsentEvent)
class ConsentEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "person", "purpose", "version", "given", "channel")
    list_filter = ("purpose", "given", "version")
    list_select_related = ("person",)
    search_fields = ("person__email", "person__last_name")
