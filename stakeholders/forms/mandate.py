from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.mandate import latest_end, usual_end
from stakeholders.domain.organisation import named
from stakeholders.forms.text import one_line
from stakeholders.models import Mandate, Organisation

WRONG_DAY = _("Bitte geben Sie einen Tag an, zum Beispiel 31.12.2027.")


class LastDayField(forms.DateField):
    """The last day on which a mandate speaks; the browser offers its calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"required": WRONG_DAY, "invalid": WRONG_DAY}
        super().__init__(label=_("Letzter Tag des Mandats"), widget=widget, error_messages=messages, **kwargs)


class MandateRequestForm(forms.Form):
    organisation_name = forms.CharField(
        label=_("Organisation"),
        max_length=160,
        help_text=_("Tippen Sie den Namen und wählen Sie die Organisation aus den Vorschlägen."),
        error_messages={"required": _("Bitte geben Sie an, für welche Organisation Sie sprechen möchten.")},
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
    reason = forms.CharField(
        label=_("Ihre Aufgabe in der Organisation"),
        max_length=300,
        help_text=_("Daran erkennen andere, dass Sie für die Organisation sprechen dürfen, zum Beispiel: Werkleitung."),
        error_messages={"required": _("Bitte nennen Sie Ihre Aufgabe in der Organisation.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = reverse("stakeholders:mandate_list")
        self.helper.add_input(Submit("request", _("Mandat beantragen")))

    def clean_organisation_name(self) -> Organisation:
        """Asking for a mandate makes no new organisation: a name mistyped would have nobody to confirm it."""
        found = named(one_line(self.cleaned_data["organisation_name"]))
        if found is None:
            raise forms.ValidationError(
                _(
                    "Diese Organisation kennt das Portal noch nicht. Bitte wählen Sie eine aus den Vorschlägen, "
                    "oder tragen Sie die neue Organisation zuerst in Ihrem Profil ein."
                )
            )
        return found

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])


class ConfirmationForm(forms.Form):
    ends_on = LastDayField(help_text=_("Üblich ist ein Jahr, möglich sind höchstens zwei."))

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"id_{mandate.pk}_%s", **kwargs})
        field = self.fields["ends_on"]
        field.initial = usual_end
        field.widget.attrs |= {"min": timezone.localdate().isoformat(), "max": latest_end().isoformat()}
        self.helper = FormHelper()
        self.helper.form_action = reverse("stakeholders:mandate_confirm", args=[mandate.pk])
        self.helper.add_input(Submit("confirm", _("Mandat bestätigen")))


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Begründung"),
        max_length=300,
        help_text=_("Die Begründung geht per E-Mail an die Person."),
        error_messages={"required": _("Bitte begründen Sie die Ablehnung.")},
    )

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"id_{mandate.pk}_%s", **kwargs})
        self.helper = FormHelper()
        self.helper.form_action = reverse("stakeholders:mandate_refuse", args=[mandate.pk])
        self.helper.add_input(Submit("refuse", _("Antrag ablehnen"), css_class="btn--danger"))

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])


class DeputyForm(forms.Form):
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Die Person braucht ein Konto auf dem Portal mit dieser Adresse."),
        error_messages={"required": _("Bitte geben Sie die E-Mail-Adresse der Stellvertretung ein.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    ends_on = LastDayField(help_text=_("Spätestens der letzte Tag Ihres eigenen Mandats."))

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"id_{mandate.pk}_%s", **kwargs})
        self.fields["ends_on"].initial = mandate.ends_on
        self.helper = FormHelper()
        self.helper.form_action = reverse("stakeholders:mandate_deputy", args=[mandate.pk])
        self.helper.add_input(Submit("name_deputy", _("Stellvertretung benennen")))
