from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from stakeholders.domain.content_report import EXPLANATION_LENGTH, Complaint, check_undecided
from stakeholders.forms.decision import DecisionForm
from stakeholders.forms.text import TOO_LONG, WrittenText, paragraphs
from stakeholders.models import ContentReport, Stakeholder

KEEP, REMOVE = "keep", "remove"
CHOOSE = _("Bitte wählen Sie einen Grund.")


class ContentReportForm(forms.Form):
    """What somebody has against a content; guests may leave an address, people who signed in get the answer anyway."""

    reason = forms.ChoiceField(
        label=_("Grund"),
        choices=ContentReport.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    explanation = WrittenText(
        label=_("Erläuterung"),
        max_length=EXPLANATION_LENGTH,
        help_text=_("Welche Stelle ist gemeint, und was ist daran nicht in Ordnung? Höchstens 2.000 Zeichen."),
        error_messages={"required": _("Bitte erläutern Sie Ihre Meldung."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.EmailField(
        label=_("E-Mail-Adresse für die Antwort"),
        required=False,
        max_length=254,
        help_text=_("Ohne Adresse prüfen wir Ihre Meldung auch, können Ihnen aber nicht antworten."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, person: Stakeholder | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if person and person.mail_address:
            del self.fields["email"]
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", gettext("Meldung absenden")))

    def clean_explanation(self) -> str:
        return paragraphs(self.cleaned_data["explanation"])

    def complaint(self) -> Complaint:
        return Complaint(
            reason=self.cleaned_data["reason"],
            explanation=self.cleaned_data["explanation"],
            reporter=self.person,
            email=self.cleaned_data.get("email", ""),
            language=get_language() or "de",
        )


class ReportDecisionForm(DecisionForm[ContentReport]):
    still_waits = staticmethod(check_undecided)

    decision = forms.ChoiceField(
        label=_("Entscheidung"),
        choices=[(KEEP, _("Inhalt bleibt")), (REMOVE, _("Inhalt entfernen: ist danach nicht mehr öffentlich"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie eine der beiden Entscheidungen.")},
    )
    answer = WrittenText(
        label=_("Begründung"),
        max_length=EXPLANATION_LENGTH,
        help_text=_(
            "Geht per E-Mail an beide Seiten. Nennen Sie nicht, wer gemeldet hat, und wiederholen Sie nicht, was in "
            "der Meldung steht."
        ),
        error_messages={"required": _("Bitte begründen Sie die Entscheidung."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = ContentReport
        fields: tuple[str, ...] = ()
