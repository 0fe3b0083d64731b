from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.recording import Recorded
from stakeholders.forms.text import one_line
from stakeholders.models import Channel, Stakeholder
from stakeholders.models.channel import BY_OFFICE

if TYPE_CHECKING:
    StakeholderModelForm = forms.ModelForm[Stakeholder]
else:
    StakeholderModelForm = forms.ModelForm

LINES = ("first_name", "last_name", "form_of_address", "function", "organisation_name")


class RecordedPersonForm(StakeholderModelForm):
    """`anyway` is shown once somebody alike was found, and then must be ticked."""

    channel = forms.ChoiceField(
        label=_("Wie die Person sich gemeldet hat"),
        choices=BY_OFFICE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte sagen Sie, wie die Person sich gemeldet hat.")},
    )
    organisation_name = forms.CharField(label=_("Organisation"), max_length=160, required=False)
    # Not the model's: a known address is shown as the person it belongs to, which helps more than a sentence.
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        required=False,
        help_text=_("Wenn es eine gibt. Damit kann die Person den Zugang später selbst übernehmen."),
    )
    anyway = forms.BooleanField(
        label=_("Keine davon ist gemeint: trotzdem erfassen"), required=False, widget=forms.HiddenInput
    )

    class Meta:
        model = Stakeholder
        fields = ("first_name", "last_name", "form_of_address", "function", "group", "district", "language")
        labels = {"group": _("Akteursgruppe"), "district": _("Kreis oder kreisfreie Stadt"), "language": _("Sprache")}
        widgets = {"language": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("last_name", "group", "district"):
            self.fields[name].required = True
        for name in ("group", "district"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (tells the type)
            field.empty_label = _("Bitte wählen")
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "anyway",
            "channel",
            Row("first_name", "last_name"),
            Row("form_of_address", "function"),
            "group",
            "district",
            "organisation_name",
            "email",
            "language",
            Submit("save", str(_("Person erfassen"))),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for name in LINES:
            if name in cleaned:
                try:
                    cleaned[name] = one_line(cleaned[name])
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return cleaned

    def ask_anyway(self) -> None:
        self.fields["anyway"].widget = forms.CheckboxInput()

    def recorded(self) -> Recorded:
        values = {name: self.cleaned_data[name] for name in Recorded.__dataclass_fields__}
        email = self.cleaned_data["email"].lower()
        return Recorded(**{**values, "email": email, "channel": Channel(values["channel"])})
