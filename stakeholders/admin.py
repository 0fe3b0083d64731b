"""The project office's desk: people, organisations, lists of choice, messages; audit log and consents to read."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import allauth.account.admin  # noqa: F401 - imported for what it registers, see below
import django.contrib.auth.admin  # noqa: F401 - imported for what it registers, see below
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet, URLField
from django.db.models.constants import LOOKUP_SEP
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from stakeholders.domain import outbox
from stakeholders.domain.audit import record
from stakeholders.domain.profile import free_slug
from stakeholders.domain.refusal import Refusal
from stakeholders.domain.role import change_role
from stakeholders.models import (
    AuditEntry,
    ConsentEvent,
    District,
    Organisation,
    OutgoingMail,
    Region,
    Stakeholder,
    StakeholderGroup,
)
from stakeholders.permissions import current
from stakeholders.verbs import StakeholderVerb

admin.site.site_header = _("Verwaltung der ZukunftsWerkstatt INDUSTRIE")
admin.site.site_title = _("Verwaltung")
admin.site.index_title = _("Was möchten Sie bearbeiten?")
# One door for everybody: the form of the portal limits attempts and knows sign-in by code.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Whoever edits addresses of sign-in can take over any account; rights come from the role alone, not from groups.
admin.site.unregister(EmailAddress)
admin.site.unregister(Group)

CONTENTS = ("text", "html", "attachments", "headers")
"""What a message says; it may be a code that opens an account."""


def names_field(lookup: str, fields: Iterable[str]) -> bool:
    return lookup.split(LOOKUP_SEP)[0] in fields


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NeedsHuman(admin.SimpleListFilter):
    title = _("Handlungsbedarf")
    parameter_name = "handlungsbedarf"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", gettext("braucht eine Entscheidung"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
        return queryset.filter(pk__in=OutgoingMail.objects.needing_human()) if self.value() == "ja" else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = ("subject", "state", "trouble", "recipient", "kind", "due_at", "attempts")
    list_filter = (NeedsHuman, "state", "kind", "due_at")
    search_fields = ("recipient", "subject", "key")
    fields = (
        ("state", "attempts", "last_error"),
        ("due_at", "created_at", "sent_at"),
        ("recipient", "person"),
        ("kind", "key"),
        "subject",
        "preview",
        "attachment_names",
    )
    readonly_fields = ("preview", "attachment_names")
    actions = ("requeue", "mark_sent", "withdraw", "release_drafts")
    date_hierarchy = "due_at"
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A filter in the address such as `text__contains` would tell a code letter by letter."""
        return not names_field(lookup, CONTENTS) and super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        """The list shows no bodies, and a page of them can be large."""
        return OutgoingMail.objects.defer(*CONTENTS)

    @admin.display(description=_("letzter Fehler"), empty_value="")
    def trouble(self, mail: OutgoingMail) -> str:
        return Truncator(mail.last_error).chars(80)

    @admin.display(description=_("Text"))
    def preview(self, mail: OutgoingMail) -> str:
        if mail.is_confidential:
            return gettext(
                "Der Text kann einen Code enthalten und ist nur für die Empfängerin oder den Empfänger bestimmt."
            )
        return mail.text

    @admin.display(description=_("Anlagen"))
    def attachment_names(self, mail: OutgoingMail) -> str:
        return ", ".join(attachment["name"] for attachment in mail.attachments)

    @admin.action(description=_("Erneut einreihen (kann doppelt ankommen)"))
    def requeue(self, request: HttpRequest, rows: QuerySet[OutgoingMail]) -> None:
        carry_out(request, rows, outbox.requeue)

    @admin.action(description=_("Als gesendet vermerken"))
    def mark_sent(self, request: HttpRequest, rows: QuerySet[OutgoingMail]) -> None:
        carry_out(request, rows, outbox.mark_sent)

    @admin.action(description=_("Zurückziehen"))
    def withdraw(self, request: HttpRequest, rows: QuerySet[OutgoingMail]) -> None:
        carry_out(request, rows, outbox.withdraw)

    @admin.action(description=_("Entwürfe freigeben"))
    def release_drafts(self, request: HttpRequest, rows: QuerySet[OutgoingMail]) -> None:
        carry_out(request, rows, outbox.release)


def carry_out(request: HttpRequest, mails: QuerySet[OutgoingMail], verb: Callable[..., None]) -> None:
    """One decision per message; what is refused is told once per reason and holds up nothing else."""
    refusals: Counter[str] = Counter()
    done = 0
    for mail in mails:
        try:
            verb(mail=mail, actor=current(request))
            done += 1
        except Refusal as refusal:
            refusals[refusal.sentence] += 1
    if done:
        text = ngettext("%(count)d Nachricht bearbeitet.", "%(count)d Nachrichten bearbeitet.", done)
        messages.success(request, text % {"count": done})
    for sentence, count in refusals.items():
        text = ngettext("%(count)d Nachricht ausgelassen:", "%(count)d Nachrichten ausgelassen:", count)
        messages.warning(request, f"{text % {'count': count}} {sentence}")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "verb", "actor", "target_label", "facts")
    list_filter = ("verb", "at")
    list_select_related = ("actor",)
    search_fields = ("verb", "target_label", "actor__email", "actor__last_name")
    fields = ("at", "verb", "actor", "target_type", "target_id", "target_label", "facts")
    show_full_result_count = False


@admin.register(ConsentEvent)
class ConsentEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "person", "purpose", "version", "given", "channel")
    list_filter = ("purpose", "given", "version")
    list_select_related = ("person",)
    search_fields = ("person__email", "person__last_name")


@admin.register(StakeholderGroup)
class StakeholderGroupAdmin(admin.ModelAdmin[StakeholderGroup]):
    list_display = ("name", "name_en", "position", "people")
    search_fields = ("name", "name_en", "key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StakeholderGroup]:
        return StakeholderGroup.objects.annotate(people_count=Count("stakeholders"))

    def get_readonly_fields(self, request: HttpRequest, obj: StakeholderGroup | None = None) -> tuple[str, ...]:
        """Reports and weights name groups by their key."""
        return ("key",) if obj else ()

    @admin.display(description=_("Personen"), ordering="people_count")
    def people(self, group: StakeholderGroup) -> int:
        return int(getattr(group, "people_count"))  # noqa: B009 - annotated


@admin.register(Region)
class RegionAdmin(admin.ModelAdmin[Region]):
    list_display = ("name", "nuts")
    search_fields = ("name", "nuts")


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin[District]):
    list_display = ("name", "name_en", "key", "nuts", "region", "position")
    list_filter = ("region",)
    list_select_related = ("region",)
    search_fields = ("name", "name_en", "key", "nuts")


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
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


@admin.register(Stakeholder)
class StakeholderAdmin(admin.ModelAdmin[Stakeholder]):
    """People are never deleted here: erasure goes through the data protection page and covers all apps."""

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

    def save_model(self, request: HttpRequest, obj: Stakeholder, form: ModelForm[Any], change: bool) -> None:
        """Only what was changed is written, so that a form left open for long takes nothing back."""
        if not change:
            obj.email = obj.mail_address.lower() or None
            obj.set_unusable_password()
            obj.save()
        else:
            if {"role", "is_superuser"} & set(form.changed_data):
                change_role(person=obj, role=obj.role, is_superuser=obj.is_superuser, actor=current(request))
            obj.save(update_fields=form.changed_data)
        record(
            StakeholderVerb.PROFILE_CHANGED,
            actor=current(request),
            target=obj,
            facts={"fields": [str(name) for name in form.changed_data]},
        )
