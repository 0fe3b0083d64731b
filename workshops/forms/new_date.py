from django import forms
from django.utils.translation import gettext_lazy as _


class NewDateForm(forms.Form):
    starts_at = forms.DateTimeField(
        label=_("Neuer Beginn"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("Ende, Programm und Fristen rücken um ebenso viele Tage und Stunden mit."),
    )
