from django import forms
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.group_change import REASON_LENGTH, check_undecided
from stakeholders.forms.decision import DecisionForm
from stakeholders.forms.text import WrittenText
from stakeholders.models import GroupChange

CONFIRM, REFUSE = "confirm", "refuse"


class GroupChangeForm(DecisionForm[GroupChange]):
    still_waits = staticmethod(check_undecided)
    reasoned = (REFUSE,)
    unreasoned = _("Bitte begründen Sie die Ablehnung.")

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
