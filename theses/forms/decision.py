from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.forms.decision import DecisionForm
from stakeholders.forms.text import WrittenText
from theses.domain.moderation import check_undecided
from theses.models import Thesis

PUBLISH, RETURN, DECLINE = "publish", "return", "decline"


class ThesisDecisionForm(DecisionForm[Thesis]):
    """The three answers of the project office; the text of the thesis itself is never changed by others."""

    still_waits = staticmethod(check_undecided)
    reasoned = (RETURN, DECLINE)

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
