from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.refusal import Refusal
from stakeholders.forms.text import WrittenText, paragraphs
from theses.domain.moderation import check_undecided
from theses.models import Thesis

if TYPE_CHECKING:
    ThesisModelForm = forms.ModelForm[Thesis]
else:
    ThesisModelForm = forms.ModelForm

PUBLISH, RETURN, DECLINE = "publish", "return", "decline"


class DecisionForm(ThesisModelForm):
    """The three answers of the project office; the text of the thesis itself is never changed by others."""

    decision = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=[
            (PUBLISH, _("Veröffentlichen")),
            (RETURN, _("Zur Überarbeitung zurückgeben")),
            (DECLINE, _("Ablehnen")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine der drei Entscheidungen.")},
    )
    answer = WrittenText(
        label=_("Begründung"),
        required=False,
        max_length=2000,
        help_text=_(
            "Nötig, wenn Sie die These zurückgeben oder ablehnen. "
            "Der Text geht per E-Mail an die Autorin oder den Autor."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Thesis
        fields: tuple[str, ...] = ()

    def clean_answer(self) -> str:
        return paragraphs(self.cleaned_data["answer"])

    def clean(self) -> dict[str, Any]:
        """Whoever comes second hears it here, beside what they have written."""
        try:
            check_undecided(self.instance)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        if self.cleaned_data.get("decision") in (RETURN, DECLINE) and not self.cleaned_data.get("answer"):
            self.add_error("answer", _("Bitte begründen Sie die Entscheidung."))
        return self.cleaned_data
