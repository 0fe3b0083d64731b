from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.text import one_line


class SelectionForm(forms.Form):
    """`before` is the name that was on the screen when a selection is renamed."""

    name = forms.CharField(
        label=_("Name der Auswahl"),
        max_length=120,
        error_messages={"required": _("Bitte geben Sie der Auswahl einen Namen.")},
    )
    before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])
