from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.filter import FilterSelect
from stakeholders.models import District, StakeholderGroup


class OrganisationFilterForm(forms.Form):
    """The filter of the office's list of organisations, kept in the address."""

    q = forms.CharField(
        label=_("Name"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    gruppe = forms.ModelChoiceField(
        StakeholderGroup.objects.all(),
        to_field_name="key",
        label=_("Akteursgruppe"),
        required=False,
        empty_label=_("alle"),
        widget=FilterSelect,
    )
    kreis = forms.ModelChoiceField(
        District.objects.all(),
        to_field_name="key",
        label=_("Kreis"),
        required=False,
        empty_label=_("alle"),
        widget=FilterSelect,
    )
    aktive = forms.ChoiceField(
        label=_("Menschen, die mitmachen"),
        required=False,
        choices=[("", _("egal")), ("ja", _("mindestens eine aktive Person")), ("nein", _("niemand aktiv"))],
        widget=FilterSelect,
    )
