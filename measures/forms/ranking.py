from django import forms
from django.utils.translation import gettext_lazy as _

from measures.domain.ranking import LONGEST_NOTE
from stakeholders.forms.text import one_line


class FreezeForm(forms.Form):
    note = forms.CharField(
        label=_("Was sich geändert hat"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Steht im Bericht auf der ersten Seite. Für die erste Fassung nicht nötig."),
        error_messages={"max_length": _("Bitte kürzen Sie den Text auf höchstens %(limit_value)d Zeichen.")},
    )

    def clean_note(self) -> str:
        return one_line(self.cleaned_data["note"])
