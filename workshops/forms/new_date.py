from django import forms
from django.utils.translation import gettext_lazy as _

DATE_AND_TIME = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class NewDateForm(forms.Form):
    starts_at = forms.DateTimeField(
        label=_("Neuer Beginn"),
        widget=DATE_AND_TIME,
        help_text=_("Ende, Programm und Fristen rücken um ebenso viele Tage und Stunden mit."),
    )
