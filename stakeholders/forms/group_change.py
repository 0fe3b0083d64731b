from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.group_change import REASON_LENGTH, check_undecided
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.text import WrittenText, paragraphs
from stakeholders.models import GroupChange

CONFIRM, REFUSE = "confirm", "refuse"


class GroupChangeForm(forms.ModelForm[GroupChange]):
    decision = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=[(CONFIRM, _("Bestätigen: zählt ab jetzt in der neuen Gruppe")), (REFUSE, _("Ablehnen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine der beiden Entscheidungen.")},
    )
    answer = WrittenText(
        label=_("Begründung"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Nötig, wenn Sie ablehnen. Der Text geht per E-Mail an die Person."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = GroupChange
        fields: tuple[str, ...] = ()

    def clean_answer(self) -> str:
        return paragraphs(self.cleaned_data["answer"])

    def clean(self) -> dict[str, Any]:
        """Whoever comes second hears it here, beside what they have written."""
        try:
            check_undecided(self.instance)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        if self.cleaned_data.get("decision") == REFUSE and not self.cleaned_data.get("answer"):
            self.add_error("answer", _("Bitte begründen Sie die Ablehnung."))
        return self.cleaned_data
