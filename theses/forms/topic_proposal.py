from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.decision import DecisionForm
from stakeholders.forms.text import TOO_LONG, WrittenText, one_line, paragraphs
from theses.domain.topic_proposal import check_undecided
from theses.models import TopicProposal

ACCEPT, DECLINE = "accept", "decline"
EXPLANATION_LENGTH = 2000


class TopicProposalForm(forms.Form):
    name = WrittenText(
        label=_("Thema"),
        max_length=120,
        help_text=_("Wenige Wörter, zum Beispiel: Wasserstoff in der Gießerei."),
        error_messages={"required": _("Bitte nennen Sie das Thema."), "max_length": TOO_LONG},
        widget=forms.TextInput,
    )
    explanation = WrittenText(
        label=_("Warum dieses Thema?"),
        max_length=EXPLANATION_LENGTH,
        help_text=_("Was gehört dazu, und warum sollte darüber gesprochen werden? Höchstens 2.000 Zeichen."),
        error_messages={"required": _("Bitte sagen Sie, warum dieses Thema fehlt."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", str(_("Thema vorschlagen"))))

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_explanation(self) -> str:
        return paragraphs(self.cleaned_data["explanation"])


class TopicDecisionForm(DecisionForm[TopicProposal]):
    still_waits = staticmethod(check_undecided)
    reasoned = (DECLINE,)
    unreasoned = _("Bitte begründen Sie die Ablehnung.")

    decision = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=[(ACCEPT, _("Aufnehmen: steht ab jetzt für Thesen zur Wahl")), (DECLINE, _("Ablehnen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine der beiden Entscheidungen.")},
    )
    answer = WrittenText(
        label=_("Begründung"),
        required=False,
        max_length=EXPLANATION_LENGTH,
        help_text=_("Nötig, wenn Sie ablehnen. Der Text geht per E-Mail an die Person."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = TopicProposal
        fields: tuple[str, ...] = ()
