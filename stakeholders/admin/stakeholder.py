"""People."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import F
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from stakeholders.admin.site import AuditedAdmin, names_field
from stakeholders.domain.audit import record
from stakeholders.domain.group_change import note_group
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.role import change_access, change_role
from stakeholders.models import Stakeholder, StakeholderGroup
from stakeholders.permissions import current
from stakeholders.verbs import StakeholderVerb


@admin.register(Stakeholder)
class StakeholderAdmin(AuditedAdmin[Stakeholder]):
    """People are never deleted here: erasure goes through the data protection page and covers all apps."""

    audited_by_domain = True
    list_display = ("__str__", "email", "role", "group", "district", "organisation", "is_active", "date_joined")
    list_filter = ("role", "is_active", "group", "district", "wants_theses", "wants_results", "wants_events")
    list_select_related = ("group", "district", "organisation")
    search_fields = ("email", "first_name", "last_name", "organisation__name")
    date_hierarchy = "date_joined"
    fieldsets = (
        (None, {"fields": ("email", ("first_name", "last_name"), "language")}),
        (_("Mitwirkung"), {"fields": ("group", "district", "organisation")}),
        (_("Interessen"), {"fields": ("wants_theses", "wants_results", "wants_events")}),
        (_("Zugang"), {"fields": ("role", "is_superuser", "is_active", "date_joined", "last_login")}),
    )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A filter in the address such as `password__startswith` would tell the hash letter by letter."""
        return not names_field(lookup, ("password",)) and super().lookup_allowed(lookup, value, request)

    def get_readonly_fields(self, request: HttpRequest, obj: Stakeholder | None = None) -> tuple[str, ...]:
        """The address belongs to the person, who changes it by a code; rights are handed out by superusers alone."""
        fixed: tuple[str, ...] = ("date_joined", "last_login")
        if obj is not None:
            fixed += ("email",)
        if obj is None or not current(request).is_superuser:
            fixed += ("role", "is_superuser")
        if obj == request.user:
            fixed += ("role", "is_superuser", "is_active")
        return fixed

    def has_change_permission(self, request: HttpRequest, obj: Stakeholder | None = None) -> bool:
        """Somebody without the highest right must not lock out somebody who has it."""
        return super().has_change_permission(request, obj) and (
            obj is None or current(request).is_superuser or not obj.is_superuser
        )

    def has_delete_permission(self, request: HttpRequest, obj: Stakeholder | None = None) -> bool:
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the domain refuses is told on the form, and nothing of it is saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Stakeholder, form: ModelForm[Any], change: bool) -> None:
        """Only what was changed is written, so that a form left open for long takes nothing back."""
        if not change:
            obj.email = obj.mail_address.lower() or None
            obj.set_unusable_password()
            obj.save()
        else:
            if {"role", "is_superuser"} & set(form.changed_data):
                change_role(person=obj, role=obj.role, is_superuser=obj.is_superuser, actor=current(request))
            if "is_active" in form.changed_data:
                change_access(person=obj, is_active=obj.is_active, actor=current(request))
            if form.changed_data:
                obj.profile_version = F("profile_version") + 1
                obj.save(update_fields=[*form.changed_data, "profile_version"])
            if "group" in form.changed_data:
                before = StakeholderGroup.objects.filter(pk=form.initial["group"]).first()
                note_group(StakeholderVerb.GROUP_CHANGED, obj, before, obj.group, actor=current(request))
        record(
            StakeholderVerb.PROFILE_CHANGED,
            actor=current(request),
            target=obj,
            facts={"fields": [str(name) for name in form.changed_data]},
        )
