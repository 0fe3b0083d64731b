from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.legal_text import BODY_LENGTH, check_body, newest_version
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.text import TOO_LONG, WrittenText, one_line, paragraphs
from stakeholders.models import LegalText


class LegalTextForm(forms.ModelForm[LegalText]):
    """The next version; `seen` is the number of the one that stands in the field, 0 for the text of the software."""

    body = WrittenText(
        label=_("Text"),
        max_length=BODY_LENGTH,
        help_text=_(
            "Markdown: Überschriften mit ##, Listen mit -, Verweise [Text](Adresse). Die Datei security.txt ist reiner "
            "Text nach RFC 9116."
        ),
        error_messages={"required": _("Bitte schreiben Sie einen Text."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 30}),
    )
    seen = forms.IntegerField(label=_("bearbeitete Fassung"), min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = LegalText
        fields = ("name", "language", "title")
        widgets = {"name": forms.HiddenInput, "language": forms.HiddenInput}

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_body(self) -> str:
        return paragraphs(self.cleaned_data["body"])

    def clean(self) -> dict[str, Any]:
        """What the text itself must hold, and whether somebody published meanwhile, told beside what was written."""
        cleaned = self.cleaned_data
        if "name" not in cleaned or "language" not in cleaned or "seen" not in cleaned:
            return cleaned
        if "body" in cleaned:
            try:
                check_body(cleaned["name"], cleaned["body"])
            except Refusal as refusal:
                self.add_error("body", refusal.sentence)
        newest = newest_version(cleaned["name"], cleaned["language"])
        number = newest.number if newest else 0
        if number != cleaned["seen"] and (newest is None or newest.body != cleaned.get("body")):
            data = cast(QueryDict, self.data).copy()
            data["seen"] = str(number)
            self.data = data
            raise forms.ValidationError(
                _(
                    "Inzwischen wurde eine andere Fassung veröffentlicht. Bitte vergleichen Sie sie in der Liste mit "
                    "Ihrem Text; er steht noch im Feld. Senden Sie ihn dann noch einmal."
                )
            )
        return cleaned
