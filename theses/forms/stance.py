from django import forms
from django.utils.translation import gettext_lazy as _

from theses.models import Stance

MISSING = _("Bitte wählen Sie eine der vier Antworten.")


class StanceForm(forms.Form):
    value = forms.TypedChoiceField(
        choices=Stance.Value.choices,
        coerce=lambda value: Stance.Value(int(value)),
        error_messages={"required": MISSING, "invalid_choice": MISSING},
    )
