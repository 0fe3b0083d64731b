from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Field, Fieldset, Layout, Row, Submit
from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.markdown import render_markdown
from stakeholders.domain.consent import wording_in_force
from stakeholders.domain.profile import Profile
from stakeholders.forms.text import one_line
from stakeholders.models import ConsentEvent, Stakeholder

LARGEST_VERSION = 2**31 - 1


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

    version = forms.IntegerField(
        label=_("Stand des Formulars"), min_value=0, max_value=LARGEST_VERSION, widget=forms.HiddenInput
    )

    class Meta:
        model = Stakeholder
        fields = (
            "form_of_address",
            "first_name",
            "last_name",
            "function",
            "group",
            "district",
            "wants_theses",
            "wants_results",
            "wants_events",
            "topics",
            "shows_function",
            "shows_organisation",
            "shows_group",
            "shows_district",
            "language",
        )
        labels = {
            "group": _("Akteursgruppe"),
            "district": _("Kreis oder kreisfreie Stadt"),
            "topics": _("Diese Themen interessieren mich"),
            "language": _("Sprache"),
        }
        help_texts = {
            "form_of_address": _(
                "So sprechen wir Sie an, zum Beispiel »Frau Dr.« oder »Herr«. Sie können es frei lassen."
            ),
            "function": _("Was Sie beruflich oder im Ehrenamt tun, zum Beispiel »Leiterin der Fertigung«."),
            "group": _("Die Gruppe entscheidet, wie Ihre Bewertungen zählen: Jede Gruppe hat die gleiche Stimme."),
            "district": _("Wo Sie arbeiten oder sich auskennen."),
            "language": _("In dieser Sprache schreiben wir Ihnen."),
        }
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "form_of_address": forms.TextInput(attrs={"autocomplete": "honorific-prefix"}),
            "function": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "topics": forms.CheckboxSelectMultiple,
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
        self.fields["version"].initial = self.instance.profile_version
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("version"),
            "form_of_address",
            Row("first_name", "last_name"),
            "function",
            "group",
            "district",
            "organisation_name",
            Fieldset(gettext("Ich möchte"), "wants_theses", "wants_results", "wants_events"),
            "topics",
            Fieldset(
                gettext("Was andere sehen"),
                HTML(
                    '<p class="field__help">{{ form.visibility_sentence }}</p>'
                    '<div class="field__help" lang="{{ form.instance.language }}">{{ form.visibility_wording }}</div>'
                ),
                *(f"shows_{name}" for name in Stakeholder.VISIBLE),
            ),
            "language",
            Submit("save", gettext("Profil speichern")),
        )

    def visibility_sentence(self) -> str:
        return gettext(
            "Neben Ihren Beiträgen steht Ihr Name. Alles Weitere sehen andere nur, wenn Sie es hier einschalten. "
            "Ihre E-Mail-Adresse und Ihre Themen sieht nur das Projektbüro."
        )

    def visibility_wording(self) -> SafeString:
        """The very words that the consent will name, in the language in which the person is written to."""
        return render_markdown(wording_in_force(ConsentEvent.Purpose.VISIBILITY, self.instance.language).body)

    def clean_form_of_address(self) -> str:
        return one_line(self.cleaned_data["form_of_address"])

    def clean_first_name(self) -> str:
        return one_line(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return one_line(self.cleaned_data["last_name"])

    def clean_function(self) -> str:
        return one_line(self.cleaned_data["function"])

    def clean_organisation_name(self) -> str:
        return one_line(self.cleaned_data["organisation_name"])

    def profile(self) -> Profile:
        said = {name: self.cleaned_data[name] for name in Profile.__dataclass_fields__}
        return Profile(**said | {"topics": tuple(said["topics"])})

    def compare_with(self, stored: Stakeholder) -> list[tuple[str, str]]:
        """(label, stored value) of everything that was typed otherwise; the next save goes by the stored version."""
        asked = ProfileForm(instance=stored)
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(stored.profile_version)
        self.data = data
        return [
            (str(field.label), stored_text(stored, name))
            for name, field in asked.fields.items()
            if name != "version" and field.has_changed(asked[name].value(), self[name].data)
        ]


def stored_text(stored: Stakeholder, name: str) -> str:
    """A stored value in the words of the form."""
    if name == "topics":
        return ", ".join(str(topic) for topic in stored.topics.all()) or "–"
    if name == "language":
        return stored.get_language_display()
    value = getattr(stored, "organisation" if name == "organisation_name" else name)
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nein")
    return str(value or "–")
