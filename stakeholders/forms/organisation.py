from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.db.models import URLField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.organisation import BY_SPEAKERS, check_version, similar, version_of
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.text import one_line
from stakeholders.models import Organisation

if TYPE_CHECKING:
    OrganisationModelForm = forms.ModelForm[Organisation]
else:
    OrganisationModelForm = forms.ModelForm

LIKEST = 5


def web_address(field: Any, **kwargs: Any) -> Any:
    """Whoever leaves out the beginning of an address means the safe one."""
    if isinstance(field, URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


class OrganisationForm(OrganisationModelForm):
    """For mandated speakers. `version` is the state of the row that was on the screen."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    class Meta:
        model = Organisation
        fields = BY_SPEAKERS
        formfield_callback = web_address

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version_of(self.instance)
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Angaben speichern")))

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in BY_SPEAKERS}

    def catch_up(self, refusal: Refusal) -> None:
        """Shows what was typed and why it was not saved; sent once more, it counts."""
        self.add_error(None, refusal.sentence)
        self.data = {**{name: self.data[name] for name in self.data}, "version": version_of(self.instance)}


class OrganisationAdminForm(OrganisationModelForm):
    """For the project office: every field; a name that resembles a known one must be confirmed."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    is_new = forms.BooleanField(
        label=_("Es ist eine andere Organisation"),
        required=False,
        help_text=_("Nur nötig, wenn der Name einer bekannten Organisation ähnelt."),
    )

    class Meta:
        model = Organisation
        fields = ("name", "kind", "group", "district", "size_class", "website")
        formfield_callback = web_address

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["version"].initial = version_of(self.instance)

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if self.instance.pk:
            self._check_version(answers)
        elif answers.get("name") and not answers.get("is_new"):
            likest = similar(answers["name"])[:LIKEST]
            if likest:
                self.add_error("name", alike(list(likest)))
        return answers

    def _check_version(self, answers: dict[str, Any]) -> None:
        try:
            check_version(self.instance, answers.get("version") or 0)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


def alike(organisations: list[Organisation]) -> SafeString:
    links = format_html_join(", ", '<a href="{}">{}</a>', ((row.get_absolute_url(), row.name) for row in organisations))
    sentence = _("Es gibt schon: {}. Ist es eine andere Organisation? Dann kreuzen Sie das unten an und speichern Sie.")
    return format_html(str(sentence), links)
