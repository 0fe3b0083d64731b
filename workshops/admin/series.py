from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import AuditedAdmin
from workshops.models import Series


@admin.register(Series)
class SeriesAdmin(AuditedAdmin[Series]):
    list_display = ("title", "slug", "number")
    search_fields = ("title", "title_en")
    prepopulated_fields = {"slug": ("title",)}
    fields = ("title", "slug", "summary", "title_en", "summary_en")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Series]:
        return super().get_queryset(request).annotate(number_of_events=Count("workshops"))

    @admin.display(description=_("Veranstaltungen"), ordering="number_of_events")
    def number(self, series: Series) -> int:
        return int(series.number_of_events)  # type: ignore[attr-defined]
