"""Organisations, what was changed about them, and two entries made one."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet, URLField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.organisation_merge import merge_page
from stakeholders.admin.site import AuditedAdmin
from stakeholders.domain.organisation import free_slug
from stakeholders.domain.organisation_history import changes_of
from stakeholders.domain.organisation_merge import what_moves
from stakeholders.forms.organisation import OrganisationAdminForm
from stakeholders.models import Organisation

TOLD = ("name", "kind", "group", "district", "size_class", "website")


@admin.register(Organisation)
class OrganisationAdmin(AuditedAdmin[Organisation]):
    """What nothing points at may be deleted; everything else is merged, so that no link is lost."""

    form = OrganisationAdminForm
    change_form_template = "stakeholders/admin/organisation.html"
    list_display = ("name", "kind", "group", "district", "size_class", "people", "merged_into")
    list_filter = (("merged_into", admin.EmptyFieldListFilter), "kind", "size_class", "group", "district")
    list_select_related = ("group", "district", "merged_into")
    search_fields = ("name", "slug")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    actions = ("merge_selected",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return Organisation.objects.annotate(people_count=Count("people"))

    def get_fields(self, request: HttpRequest, obj: Organisation | None = None) -> tuple[str, ...]:
        if obj is None:
            return (*TOLD, "is_new")
        return (*TOLD, "merged_into", "changes") if obj.merged_into_id else (*TOLD, "version", "changes")

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> tuple[str, ...]:
        return ("merged_into", "changes")

    def has_change_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and not what_moves(obj)

    def get_urls(self) -> list[URLPattern]:
        merge = self.admin_site.admin_view(merge_page)
        return [
            path("<int:pk>/zusammenfuehren/", merge, name="stakeholders_organisation_merge"),
            *super().get_urls(),
        ]

    @admin.display(description=_("Personen"), ordering="people_count")
    def people(self, organisation: Organisation) -> int:
        return int(getattr(organisation, "people_count"))  # noqa: B009 - annotated

    @admin.display(description=_("Verlauf der Angaben"))
    def changes(self, organisation: Organisation) -> str:
        return render_to_string("stakeholders/admin/organisation_changes.html", {"changes": changes_of(organisation)})

    def save_model(self, request: HttpRequest, obj: Organisation, form: ModelForm[Any], change: bool) -> None:
        """The address of the page is made once and stays, because links live for years."""
        obj.slug = obj.slug or free_slug(obj.name)
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Zwei Organisationen zusammenführen"))
    def merge_selected(self, request: HttpRequest, organisations: QuerySet[Organisation]) -> HttpResponse | None:
        two = list(organisations[:3])
        if len(two) != 2:
            self.message_user(request, _("Bitte wählen Sie genau zwei Organisationen."), messages.ERROR)
            return None
        address = reverse("admin:stakeholders_organisation_merge", args=[two[0].pk])
        return redirect(f"{address}?{urlencode({'ziel': two[1].slug})}")
