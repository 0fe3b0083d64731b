"""Audit log and consents, to read only."""

from django.contrib import admin

from stakeholders.admin.site import ReadOnlyAdmin
from stakeholders.models import (
    AuditEntry,
    ConsentEvent,
)


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "verb", "actor", "target_label", "facts")
    list_filter = ("verb", "at")
    list_select_related = ("actor",)
    search_fields = ("verb", "target_label", "actor__email", "actor__last_name")
    fields = ("at", "verb", "actor", "target_type", "target_id", "target_label", "facts")
    show_full_result_count = False


@admin.register(ConsentEvent)
class ConsentEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "person", "purpose", "version", "given", "channel")
    list_filter = ("purpose", "given", "version")
    list_select_related = ("person",)
    search_fields = ("person__email", "person__last_name")
