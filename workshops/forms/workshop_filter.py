from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import Measure
from stakeholders.forms.filter import FilterSelect
from stakeholders.models import District
from workshops.models import Workshop


class WorkshopFilterForm(forms.Form):
    """The filter of the list, kept in the address; what it does not know filters nothing."""

    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("alle")), *Workshop.Format.choices],
        widget=FilterSelect,
    )
    kreis = forms.ModelChoiceField(
        District.objects.all(),
        label=_("Kreis"),
        required=False,
        to_field_name="key",
        empty_label=_("alle"),
        widget=FilterSelect,
    )
    massnahme = forms.ModelChoiceField(
        Measure.objects.published().named(), required=False, to_field_name="slug", widget=forms.HiddenInput
    )
    archiv = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def chosen(self) -> dict[str, Any]:
        """Field lookups of the model for what was chosen."""
        self.full_clean()
        chosen = self.cleaned_data
        lookups = {
            "format": chosen.get("format"),
            "district": chosen.get("kreis"),
            "measures": chosen.get("massnahme"),
        }
        return {name: value for name, value in lookups.items() if value}
