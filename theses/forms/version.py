from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.decision import DecisionForm
from stakeholders.forms.text import TOO_LONG, WrittenText, one_line, paragraphs
from theses.domain.version import Wording, check_waiting
from theses.forms.thesis import REASON_LENGTH, SENTENCE_LENGTH
from theses.models import Thesis, VersionProposal

ACCEPT, REFUSE = "accept", "refuse"


class VersionForm(forms.Form):
    """The version that stood in the form comes back with it, so that a newer one is not overwritten unseen."""

    sentence = WrittenText(
        label=_("These"),
        max_length=SENTENCE_LENGTH,
        error_messages={"required": _("Bitte schreiben Sie Ihre These in einem Satz."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = WrittenText(
        label=_("Begründung"),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Bitte begründen Sie Ihre These."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    change = WrittenText(
        label=_("Was sich ändert"),
        max_length=300,
        help_text=_("Ein Satz für alle, die zur bisherigen Fassung Haltung bezogen haben."),
        error_messages={"required": _("Bitte sagen Sie in einem Satz, was sich ändert."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=100_000)

    def __init__(self, *args: Any, thesis: Thesis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"sentence": thesis.sentence, "reason": thesis.reason, "base": thesis.version}
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", _("Neue Fassung vorschlagen")))

    def clean_sentence(self) -> str:
        return one_line(self.cleaned_data["sentence"])

    def clean_reason(self) -> str:
        return paragraphs(self.cleaned_data["reason"])

    def clean_change(self) -> str:
        return one_line(self.cleaned_data["change"])

    def wording(self) -> Wording:
        return Wording(**self.cleaned_data)


class VersionDecisionForm(DecisionForm[VersionProposal]):
    still_waits = staticmethod(check_waiting)
    reasoned = (REFUSE,)

    decision = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=[(ACCEPT, _("Veröffentlichen")), (REFUSE, _("Nicht veröffentlichen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine der beiden Entscheidungen.")},
    )
    substantial = forms.BooleanField(
        label=_("wesentliche Änderung"),
        required=False,
        help_text=_(
            "Alle, die zu einer früheren Fassung Haltung bezogen haben, werden gebeten, noch einmal hinzusehen."
        ),
    )
    answer = WrittenText(
        label=_("Begründung"),
        required=False,
        max_length=2000,
        help_text=_("Nötig, wenn Sie die Fassung nicht veröffentlichen. Der Text geht an die Autorin oder den Autor."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = VersionProposal
        fields: tuple[str, ...] = ()
