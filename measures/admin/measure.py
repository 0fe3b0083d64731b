from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet, URLField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from measures.domain.catalogue import publish_measures, withdraw_measures
from measures.models import AssessmentRound, Measure
from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.refusal import Refusal
from stakeholders.permissions import current


@admin.register(Measure)
class MeasureAdmin(AuditedAdmin[Measure]):
    list_display = ("title", "field_of_action", "status", "published", "changed_at")
    list_filter = ("field_of_action", "status", "published")
    list_select_related = ("field_of_action",)
    search_fields = ("title", "title_en", "summary")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    actions = ("publish", "withdraw")
    fieldsets = (
        (None, {"fields": ("field_of_action", "title", "slug", "status", "published", "position")}),
        (_("Texte"), {"fields": ("summary", "description")}),
        (_("Englische Texte"), {"fields": ("title_en", "summary_en", "description_en")}),
        (_("Quelle"), {"fields": ("source", "source_url")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Measure | None = None) -> tuple[str, ...]:
        """Later it is the actions that publish and withdraw, because they refuse what would disturb a round; and the
        address stays, because links and frozen results name it."""
        return ("published", "slug") if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Measure | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("title",)}

    def has_delete_permission(self, request: HttpRequest, obj: Measure | None = None) -> bool:
        in_round = obj is not None and obj.rounds.exclude(state=AssessmentRound.State.DRAFT).exists()
        return super().has_delete_permission(request, obj) and not in_round

    @admin.action(description=_("Ausgewählte Maßnahmen veröffentlichen"))
    def publish(self, request: HttpRequest, rows: QuerySet[Measure]) -> None:
        count = publish_measures(measures=rows, actor=current(request))
        text = ngettext("%(count)d Maßnahme veröffentlicht.", "%(count)d Maßnahmen veröffentlicht.", count)
        messages.success(request, text % {"count": count})

    @admin.action(description=_("Ausgewählte Maßnahmen zurückziehen"))
    def withdraw(self, request: HttpRequest, rows: QuerySet[Measure]) -> None:
        try:
            count = withdraw_measures(measures=rows, actor=current(request))
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return
        text = ngettext("%(count)d Maßnahme zurückgezogen.", "%(count)d Maßnahmen zurückgezogen.", count)
        messages.success(request, text % {"count": count})
