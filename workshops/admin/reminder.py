from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.templatetags.publishing import weekday_time
from workshops.forms.reminder import ReminderForm, ReminderFormSet
from workshops.models import Reminder, Workshop


class ReminderInline(admin.StackedInline[Reminder, Workshop]):
    """Any number per event; messages that are sent at once have pages of their own."""

    model = Reminder
    form = ReminderForm
    formset = ReminderFormSet
    extra = 0
    fields = (("anchor", "hours"), ("audience", "kind", "session"), "subject", "text", "when")
    readonly_fields = ("when",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reminder]:
        return super().get_queryset(request).planned().select_related("workshop")  # type: ignore[attr-defined, no-any-return]

    @admin.display(description=_("geht hinaus"))
    def when(self, reminder: Any) -> str:
        if reminder.pk is None:
            return "–"
        if reminder.posted_at:
            return gettext("verschickt am %(at)s") % {"at": weekday_time(reminder.posted_at)}
        return str(weekday_time(reminder.due_at))
