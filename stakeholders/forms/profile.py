from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row, Submit
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.profile import Profile
from stakeholders.forms.text import one_line
from stakeholders.models import Stakeholder


class ProfileForm(forms.ModelForm[Stakeholder]):
    organisation_name = forms.CharField(
        label=_("Organisation"),
        max_length=160,
        required=False,
        help_text=_("Wählen Sie eine bekannte Organisation aus den Vorschlägen oder tragen Sie eine neue ein."),
        widget=forms.TextInput(
            attrs={
                "list": "organisations",
                "autocomplete": "organization",
                "hx-get": reverse_lazy("stakeholders:organisation_suggestions"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#organisations",
            }
        ),
    )

    class Meta:
        model = Stakeholder
        fields = (
            "first_name",
            "last_name",
            "group",
            "district",
            "wants_theses",
            "wants_results",
            "wants_events",
            "language",
        )
        labels = {"group": _("Akteursgruppe"), "district": _("Kreis oder kreisfreie Stadt"), "language": _("Sprache")}
        help_texts = {
            "group": _("Die Gruppe entscheidet, wie Ihre Bewertungen zählen: Jede Gruppe hat die gleiche Stimme."),
            "district": _("Wo Sie arbeiten oder sich auskennen."),
            "language": _("In dieser Sprache schreiben wir Ihnen."),
        }
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "language": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name", "group", "district"):
            self.fields[name].required = True
        for name in ("group", "district"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type)
            field.empty_label = _("Bitte wählen")
        if self.instance.organisation:
            self.fields["organisation_name"].initial = self.instance.organisation.name
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Row("first_name", "last_name"),
            "group",
            "district",
            "organisation_name",
            Fieldset(str(_("Ich möchte")), "wants_theses", "wants_results", "wants_events"),
            "language",
            Submit("save", str(_("Profil speichern"))),
        )

    def clean_first_name(self) -> str:
        return one_line(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return one_line(self.cleaned_data["last_name"])

    def clean_organisation_name(self) -> str:
        return one_line(self.cleaned_data["organisation_name"])

    def profile(self) -> Profile:
        return Profile(**{name: self.cleaned_data[name] for name in Profile.__dataclass_fields__})
