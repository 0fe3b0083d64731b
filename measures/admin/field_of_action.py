from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from measures.models import FieldOfAction
from stakeholders.admin.site import AuditedAdmin


@admin.register(FieldOfAction)
class FieldOfActionAdmin(AuditedAdmin[FieldOfAction]):
    list_display = ("title", "position", "number_of_measures")
    search_fields = ("title", "title_en")
    prepopulated_fields = {"slug": ("title",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[FieldOfAction]:
        return super().get_queryset(request).annotate(measure_count=Count("measures"))

    @admin.display(description=_("Maßnahmen"), ordering="measure_count")
    def number_of_measures(self, field: Any) -> int:
        return int(field.measure_count)
