from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.text import WrittenText, one_line, paragraphs


class NoteForm(forms.Form):
    text = WrittenText(
        label=_("Notiz"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Nur das Projektbüro liest sie. Die Person bekommt sie, wenn sie Auskunft über ihre Daten verlangt."
        ),
        error_messages={"required": _("Bitte schreiben Sie die Notiz.")},
    )

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])


class TagForm(forms.Form):
    """A word to add."""

    name = forms.CharField(
        label=_("Schlagwort hinzufügen"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "schlagwoerter", "autocomplete": "off"}),
        error_messages={"required": _("Bitte geben Sie ein Schlagwort ein.")},
    )

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])
