from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.models.channel import BY_OFFICE


class RecordedRegistrationForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("Wie die Person sich gemeldet hat"),
        choices=BY_OFFICE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte sagen Sie, wie die Person sich gemeldet hat.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("register", str(_("Verbindlich anmelden"))))
