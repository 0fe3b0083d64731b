"""Organisations."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet, URLField
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.organisation import free_slug
from stakeholders.models import (
    Organisation,
)


@admin.register(Organisation)
class OrganisationAdmin(AuditedAdmin[Organisation]):
    list_display = ("name", "group", "district", "website", "people")
    list_filter = ("group", "district")
    list_select_related = ("group", "district")
    search_fields = ("name", "slug")
    fields = ("name", "group", "district", "website")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return Organisation.objects.annotate(people_count=Count("people"))

    @admin.display(description=_("Personen"), ordering="people_count")
    def people(self, organisation: Organisation) -> int:
        return int(getattr(organisation, "people_count"))  # noqa: B009 - annotated

    def save_model(self, request: HttpRequest, obj: Organisation, form: ModelForm[Any], change: bool) -> None:
        """The address of the page is made once and stays, because links live for years."""
        obj.slug = obj.slug or free_slug(obj.name)
        super().save_model(request, obj, form, change)
