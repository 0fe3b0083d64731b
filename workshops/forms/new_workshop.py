"""A new event: from the template of a format, or as a copy of another."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workshops.forms.new_date import DATE_AND_TIME
from workshops.models import Workshop


class StartForm(forms.Form):
    """What both ask: a title and a start that is still to come."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    starts_at = forms.DateTimeField(label=_("Beginn"), widget=DATE_AND_TIME)

    def clean_starts_at(self) -> Any:
        moment = self.cleaned_data["starts_at"]
        if moment <= timezone.now():
            raise forms.ValidationError(gettext("Der Beginn muss in der Zukunft liegen."))
        return moment


class CopyForm(StartForm):
    pass


class TemplateForm(StartForm):
    format = forms.ChoiceField(label=_("Format"), choices=Workshop.Format.choices, widget=forms.RadioSelect)
    summary = forms.CharField(
        label=_("Kurzfassung"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("für die Liste")
    )

    field_order = ("format", "title", "starts_at", "summary")
