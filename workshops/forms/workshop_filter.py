from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from measures.models import Measure
from stakeholders.forms.filter import FilterSelect
from stakeholders.models import District, Topic
from workshops.models import Series, Workshop


def choice(rows: Any, label: Any, key: str) -> forms.ModelChoiceField[Any]:
    """`key` is the field whose value stands in the address."""
    return forms.ModelChoiceField(
        rows, label=label, required=False, to_field_name=key, empty_label=_("alle"), widget=FilterSelect
    )


class WorkshopFilterForm(forms.Form):
    """The filter of list, archive and month, kept in the address; what it does not know filters nothing."""

    format = forms.ChoiceField(
        label=_("Format"), required=False, choices=[("", _("alle")), *Workshop.Format.choices], widget=FilterSelect
    )
    kreis = choice(District.objects.all(), _("Kreis"), "key")
    teilnahme = forms.ChoiceField(
        label=_("Teilnahme"), required=False, choices=[("", _("alle")), *Workshop.Mode.choices], widget=FilterSelect
    )
    reihe = choice(Series.objects.shown(), _("Reihe"), "slug")
    thema = choice(Topic.objects.all(), _("Thema"), "key")
    massnahme = forms.ModelChoiceField(
        Measure.objects.published().named(), required=False, to_field_name="slug", widget=forms.HiddenInput
    )
    archiv = forms.BooleanField(required=False, widget=forms.HiddenInput)

    LOOKUPS = {
        "format": "format",
        "kreis": "district",
        "teilnahme": "mode",
        "reihe": "series",
        "thema": "topics",
        "massnahme": "measures",
    }

    def chosen(self) -> dict[str, Any]:
        """Field lookups of the model for what was chosen."""
        self.full_clean()
        values = {lookup: self.cleaned_data.get(name) for name, lookup in self.LOOKUPS.items()}
        return {lookup: value for lookup, value in values.items() if value}

    def kept(self) -> str:
        """What was chosen, for the address of another view of the same events; empty or with its question mark."""
        query = QueryDict(mutable=True)
        query.update({name: self.data[name] for name in self.LOOKUPS if self.cleaned_data.get(name)})
        return f"?{query.urlencode()}" if query else ""
