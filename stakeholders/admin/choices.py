"""Lists of choice: groups, regions, districts, topics, tags."""

from django.contrib import admin
from django.db.models import Count, ManyToOneRel, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import AuditedAdmin
from stakeholders.models import (
    District,
    Region,
    StakeholderGroup,
    Tag,
    Topic,
)


@admin.register(StakeholderGroup)
class StakeholderGroupAdmin(AuditedAdmin[StakeholderGroup]):
    list_display = ("name", "name_en", "position", "people")
    search_fields = ("name", "name_en", "key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StakeholderGroup]:
        return StakeholderGroup.objects.annotate(people_count=Count("stakeholders"))

    def get_readonly_fields(self, request: HttpRequest, obj: StakeholderGroup | None = None) -> tuple[str, ...]:
        """Reports and weights name groups by their key."""
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: StakeholderGroup | None = None) -> bool:
        """Only one group at a time, and one that nothing names: also a list of groups that some rule requires counts,
        which the database would shorten without a word."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        links = StakeholderGroup._meta.get_fields(include_hidden=True)
        named = (link for link in links if isinstance(link, ManyToOneRel))
        return not any(link.related_model._base_manager.filter(**{link.field.name: obj}).exists() for link in named)

    @admin.display(description=_("Personen"), ordering="people_count")
    def people(self, group: StakeholderGroup) -> int:
        return int(getattr(group, "people_count"))  # noqa: B009 - annotated


@admin.register(Region)
class RegionAdmin(AuditedAdmin[Region]):
    list_display = ("name", "nuts")
    search_fields = ("name", "nuts")


@admin.register(District)
class DistrictAdmin(AuditedAdmin[District]):
    list_display = ("name", "name_en", "key", "nuts", "region", "position")
    list_filter = ("region",)
    list_select_related = ("region",)
    search_fields = ("name", "name_en", "key", "nuts")


@admin.register(Topic)
class TopicAdmin(AuditedAdmin[Topic]):
    list_display = ("name", "name_en", "position")
    search_fields = ("name", "name_en", "key")
    prepopulated_fields = {"key": ("name",)}


@admin.register(Tag)
class TagAdmin(AuditedAdmin[Tag]):
    list_display = ("name",)
    search_fields = ("name",)
