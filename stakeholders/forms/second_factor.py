"""The forms of allauth.mfa in our words; they are named in settings.MFA_FORMS."""

import struct
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.second_factor import demo_code, hold_used_code, release_demo_code

NAME_LENGTH = 60
MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error)
"""What the library for passkeys raises on an answer that no browser gives; allauth catches two of them."""


def refusing_malformed(clean: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @wraps(clean)
    def careful(form: Any) -> Any:
        try:
            return clean(form)
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error

    return careful


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        release_demo_code(self.user, self.cleaned_data["code"])
        code: str = super().clean_code()
        hold_used_code(self.authenticator, code)
        return code

    def demo_code(self) -> str | None:
        return demo_code(self.user)


class ConfirmingSecondFactorForm(ReauthenticateForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        release_demo_code(self.user, self.cleaned_data["code"])
        code: str = super().clean_code()
        hold_used_code(self.authenticator, code)
        return code

    def demo_code(self) -> str | None:
        return demo_code(self.user)


def name_field(required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Name des Passkeys"),
        required=required,
        max_length=NAME_LENGTH,
        help_text=_("Daran erkennen Sie ihn wieder, zum Beispiel »Dienst-Laptop«."),
    )


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    name = name_field(required=False)
    passwordless = forms.BooleanField(
        label=_("Auch ohne Passwort damit anmelden"),
        help_text=_("Das Gerät fragt dann nach Fingerabdruck, Gesicht oder PIN."),
        required=False,
        initial=True,
    )
    field_order = ("name", "passwordless", "credential")
    clean = refusing_malformed(AddWebAuthnForm.clean)


class FirstPasskeyForm(SignupWebAuthnForm):  # type: ignore[misc]
    name = name_field(required=False)
    clean = refusing_malformed(SignupWebAuthnForm.clean)


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    name = name_field(required=True)


class PasskeyLoginForm(LoginWebAuthnForm):  # type: ignore[misc]
    clean_credential = refusing_malformed(LoginWebAuthnForm.clean_credential)


class PasskeySecondFactorForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    clean_credential = refusing_malformed(AuthenticateWebAuthnForm.clean_credential)


class ConfirmingPasskeyForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    clean_credential = refusing_malformed(ReauthenticateWebAuthnForm.clean_credential)
