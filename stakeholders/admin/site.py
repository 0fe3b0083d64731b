"""How the administration calls itself, signs in and leaves out; what several of its pages share."""

from collections.abc import Iterable
from typing import Any

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
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

admin.site.site_header = _("Verwaltung der ZukunftsWerkstatt INDUSTRIE")
admin.site.site_title = _("Verwaltung")
admin.site.index_title = _("Was möchten Sie bearbeiten?")
# One door for everybody: the form of the portal limits attempts and knows sign-in by code.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Whoever edits ways of sign-in can take over any account; rights come from the role alone, not from groups.
admin.site.unregister([EmailAddress, Authenticator, UserSession, SocialAccount, SocialToken, SocialApp, Group])


def names_field(lookup: str, fields: Iterable[str]) -> bool:
    return lookup.split(LOOKUP_SEP)[0] in fields


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
