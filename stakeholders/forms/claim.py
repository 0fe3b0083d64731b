from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ClaimForm(forms.Form):
    privacy_notice = forms.BooleanField(
        label=_("Ich habe die Datenschutzhinweise zur Kenntnis genommen."),
        error_messages={"required": _("Bitte bestätigen Sie, dass Sie die Datenschutzhinweise gelesen haben.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("claim", str(_("Zugang übernehmen"))))


class DeclineForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Ja, alle Angaben über mich sollen gelöscht werden."),
        error_messages={"required": _("Bitte bestätigen Sie, dass Sie die Löschung wünschen.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = reverse("claim_decline")
        self.helper.add_input(Submit("decline", str(_("Alles löschen")), css_class="btn--danger"))
