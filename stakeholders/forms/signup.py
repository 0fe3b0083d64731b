from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.consent import note_privacy_notice
from stakeholders.models import Stakeholder


class PrivacyNoticeForm(forms.Form):
    """What registering asks beyond allauth's address and password; name and group follow after the code by mail."""

    field_order = ("email", "password1", "password2", "privacy_notice")

    privacy_notice = forms.BooleanField(
        label=_("Ich habe die Datenschutzhinweise zur Kenntnis genommen."),
        error_messages={"required": _("Bitte bestätigen Sie, dass Sie die Datenschutzhinweise gelesen haben.")},
    )

    def signup(self, request: HttpRequest, person: Stakeholder) -> None:
        """Called by allauth once the account exists."""
        note_privacy_notice(person=person)
