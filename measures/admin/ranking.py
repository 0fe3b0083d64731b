from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.admin.each import each
from measures.domain.ranking import publish_ranking, withdraw_ranking
from measures.models import Ranking
from stakeholders.admin.site import AuditedAdmin
from stakeholders.permissions import current


@admin.register(Ranking)
class RankingAdmin(AuditedAdmin[Ranking]):
    list_display = ("round", "version", "created_at", "created_by", "published", "report")
    list_filter = ("published",)
    search_fields = ("round__title", "hash")
    fields = readonly_fields = ("round", "version", "note", "hash", "created_at", "created_by", "published", "report")
    actions = ("publish", "withdraw")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ranking]:
        return Ranking.objects.listed().select_related("round", "created_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Ranking | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Ranking | None = None) -> bool:
        return False

    @admin.display(description=_("Bericht"))
    def report(self, ranking: Ranking) -> str:
        return format_html('<a href="{}">{}</a>', ranking.get_absolute_url(), gettext("Bericht ansehen"))

    @admin.action(description=_("Für alle veröffentlichen"))
    def publish(self, request: HttpRequest, rows: QuerySet[Ranking]) -> None:
        actor = current(request)
        done = gettext("„%s“ ist für alle veröffentlicht.")
        each(request, rows, lambda row: publish_ranking(ranking=row, actor=actor), done)

    @admin.action(description=_("Veröffentlichung zurückziehen"))
    def withdraw(self, request: HttpRequest, rows: QuerySet[Ranking]) -> None:
        actor = current(request)
        done = gettext("„%s“ sehen nur noch Ministerium und Projektbüro.")
        each(request, rows, lambda row: withdraw_ranking(ranking=row, actor=actor), done)
