import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.text import one_line
from workshops.domain.deputy import Deputy

NAME = re.compile(r"[^\W\d_][\w .,'’()/-]*")
ADDRESS_IN_NAME = re.compile(r"://|www\.|\w\.\w{2,}", re.IGNORECASE)
LONGEST_NAME = 80


class DeputyForm(forms.Form):
    """Who shall come in place of somebody invited. The names open a mail to a stranger, so they must be names."""

    first_name = forms.CharField(
        label=_("Vorname"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Bitte nennen Sie den Vornamen Ihrer Vertretung.")},
    )
    last_name = forms.CharField(
        label=_("Nachname"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Bitte nennen Sie den Nachnamen Ihrer Vertretung.")},
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=254,
        help_text=_("Dorthin geht eine eigene Einladung. Sie nennt Ihren Namen."),
        error_messages={
            "required": _("Bitte nennen Sie die E-Mail-Adresse Ihrer Vertretung."),
            "invalid": _("Bitte prüfen Sie die Adresse, zum Beispiel name@beispiel.de."),
        },
    )

    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(Row("first_name", "last_name"), "email")

    def clean_first_name(self) -> str:
        return name_of_a_person(self.cleaned_data["first_name"])

    def clean_last_name(self) -> str:
        return name_of_a_person(self.cleaned_data["last_name"])

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def deputy(self) -> Deputy:
        return Deputy(**{name: self.cleaned_data[name] for name in ("first_name", "last_name", "email")})


def name_of_a_person(value: str) -> str:
    name = one_line(value)
    if not NAME.fullmatch(name) or ADDRESS_IN_NAME.search(name):
        raise ValidationError(_("Bitte geben Sie nur den Namen ein."))
    return name
