"""How the administration calls itself, signs in and leaves out; what several of its pages share."""

from collections.abc import Iterable
from typing import Any, TypeVar

import allauth.account.admin
import allauth.mfa.admin
import allauth.socialaccount.admin
import allauth.usersessions.admin  # noqa: F401 - these four are imported for what they register, see below
import django.contrib.auth.admin  # noqa: F401 - imported for what it registers, see below
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.audit import record
from stakeholders.models import Stakeholder
from stakeholders.permissions import current
from stakeholders.verbs import StakeholderVerb

admin.site.site_header = _("Verwaltung der ZukunftsWerkstatt INDUSTRIE")
admin.site.site_title = _("Verwaltung")
admin.site.index_title = _("Was möchten Sie bearbeiten?")
# One door for everybody: the form of the portal limits attempts and knows sign-in by code.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Whoever edits ways of sign-in can take over any account; rights come from the role alone, not from groups.
admin.site.unregister([EmailAddress, Authenticator, UserSession, SocialAccount, SocialToken, SocialApp, Group])


def names_field(lookup: str, fields: Iterable[str]) -> bool:
    return lookup.split(LOOKUP_SEP)[0] in fields


Row = TypeVar("Row", bound=Model)


class AuditedAdmin(admin.ModelAdmin[Row]):
    """Every page on which staff edits rows: what is added, changed or deleted there leaves an entry in the audit log.

    Where saving calls a domain function that writes an entry of its own, `audited_by_domain` keeps it from being told
    twice; deleting is always told here.
    """

    audited_by_domain = False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if not self.audited_by_domain:
            note_edit(StakeholderVerb.ROW_ADDED, request, obj, {})
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        facts = changed_fields(message)
        if facts and not self.audited_by_domain:
            note_edit(StakeholderVerb.ROW_CHANGED, request, obj, facts)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Row]) -> Any:
        for row in queryset:
            note_edit(StakeholderVerb.ROW_DELETED, request, row, {})
        return super().log_deletions(request, queryset)


def note_edit(verb: StakeholderVerb, request: HttpRequest, row: Model, facts: dict[str, object]) -> None:
    record(verb, actor=current(request), target=row, label=label_of(row), facts=facts)


def label_of(row: Model) -> str:
    """Its name, or only its number where the row is about a person, whom the audit log must not name."""
    related = {field.related_model for field in row._meta.get_fields() if field.is_relation and not field.auto_created}
    if isinstance(row, Stakeholder) or Stakeholder in related:
        return f"{row._meta.verbose_name} {row.pk}"
    return str(row)[:200]


def changed_fields(message: Any) -> dict[str, object]:
    """The names of fields from Django's message about a change; never what stands in them."""
    parts = message if isinstance(message, list) else []
    facts: dict[str, object] = {}
    own = [
        name for part in parts for name in part.get("changed", {}).get("fields", []) if "name" not in part["changed"]
    ]
    rows = [f"{what} {part[what]['name']}" for part in parts for what in part if "name" in part[what]]
    if own:
        facts["fields"] = [str(name) for name in own]
    if rows:
        facts["rows"] = rows
    return facts


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
