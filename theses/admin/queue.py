"""Ways to look at the queue of theses, and who takes on which."""

from datetime import datetime, time
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current
from theses.domain.assignment import assign
from theses.domain.working_days import earliest_in_time
from theses.models import Thesis

YES = "ja"


def overdue(theses: QuerySet[Thesis]) -> QuerySet[Thesis]:
    """Those that wait for more than the promised working days."""
    first = earliest_in_time(timezone.localdate(), Thesis.ANSWER_WITHIN)
    midnight = timezone.make_aware(datetime.combine(first, time.min))
    return theses.filter(state=Thesis.State.SUBMITTED, submitted_at__lt=midnight)


class AssignedToMe(admin.SimpleListFilter):
    title = _("Zuweisung")
    parameter_name = "zuweisung"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mir", _("mir zugewiesen")), ("niemandem", _("niemandem zugewiesen"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Thesis]) -> QuerySet[Thesis]:
        if self.value() == "mir":
            return queryset.filter(assigned_to=current(request))
        return queryset.filter(assigned_to=None) if self.value() == "niemandem" else queryset


class Overdue(admin.SimpleListFilter):
    title = _("überfällig")
    parameter_name = "ueberfaellig"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(YES, _("überfällig"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Thesis]) -> QuerySet[Thesis]:
        return overdue(queryset) if self.value() == YES else queryset


@admin.action(description=_("Ausgewählte Thesen mir zuweisen"))
def assign_to_me(modeladmin: Any, request: HttpRequest, theses: QuerySet[Thesis]) -> None:
    try:
        for thesis in theses:
            assign(thesis=thesis, staff=current(request), actor=current(request))
    except Refusal as refusal:
        modeladmin.message_user(request, refusal.sentence, messages.ERROR)
    else:
        modeladmin.message_user(request, _("Die Zuweisung ist gespeichert."))
