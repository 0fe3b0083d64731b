"""The forms of allauth.mfa in our words; they are named in settings.MFA_FORMS."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, SignupWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.second_factor import demo_code, hold_used_code, release_demo_code

NAME_LENGTH = 60


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


class FirstPasskeyForm(SignupWebAuthnForm):  # type: ignore[misc]
    name = name_field(required=False)


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    name = name_field(required=True)
