import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.mandate import check_last_day, check_undecided, usual_end
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.decision import DecisionForm
from stakeholders.forms.text import one_line
from stakeholders.models import Mandate

CONFIRM, REFUSE = "confirm", "refuse"


class MandateDecisionForm(DecisionForm[Mandate]):
    """The two answers of the project office to somebody who wants to speak for an organisation."""

    still_waits = staticmethod(check_undecided)
    reasoned = (REFUSE,)
    unreasoned = _("Bitte begründen Sie die Ablehnung.")

    decision = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=[(CONFIRM, _("Mandat bestätigen")), (REFUSE, _("Antrag ablehnen"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine der beiden Entscheidungen.")},
    )
    last_day = forms.DateField(
        label=_("Letzter Tag des Mandats"),
        initial=usual_end,
        required=False,
        help_text=_("Nötig, wenn Sie bestätigen. Üblich ist ein Jahr, möglich sind höchstens zwei."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    answer = forms.CharField(
        label=_("Begründung"),
        required=False,
        max_length=300,
        help_text=_("Nötig, wenn Sie ablehnen. Der Text geht per E-Mail an die Person."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Mandate
        fields: tuple[str, ...] = ()

    def clean_answer(self) -> str:
        return one_line(self.cleaned_data["answer"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("decision") == CONFIRM and not self.has_error("last_day"):
            self._check_last_day()
        return self.cleaned_data

    def _check_last_day(self) -> None:
        try:
            check_last_day(self.cleaned_data.get("last_day") or dt.date.min)
        except Refusal as refusal:
            self.add_error("last_day", refusal.sentence)
