from django.contrib import admin

from stakeholders.admin.site import ReadOnlyAdmin
from workshops.models import Invitation


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("person", "workshop", "answer", "answer_reason", "is_draft", "invited_at", "answered_at")
    list_filter = ("answer", "is_draft", "workshop")
    list_select_related = ("person", "workshop")
    search_fields = ("person__email", "person__last_name", "workshop__title")
