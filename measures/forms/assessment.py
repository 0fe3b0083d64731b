from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from measures.domain.steps import STEPS
from measures.models import Criterion
from stakeholders.forms.text import TOO_LONG, WrittenText, paragraphs
from stakeholders.models import Channel
from stakeholders.models.channel import BY_OFFICE

UNKNOWN = "unknown"
CHOICES = [
    *((str(grade), step) for grade, step in enumerate(STEPS, start=1)),
    (UNKNOWN, _("kann ich nicht beurteilen")),
]
REASON_LENGTH = 1000
REQUIRED = _("Bitte wählen Sie eine Stufe oder „kann ich nicht beurteilen“.")
NO_STEP = _("Bitte wählen Sie eine der fünf Stufen oder „kann ich nicht beurteilen“.")


class AssessmentForm(forms.Form):
    """One question per criterion with five labelled steps and "kann ich nicht beurteilen"; all have to be answered but
    on what the office writes down, where a blank stays one."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        criteria: Sequence[Criterion],
        answers: Mapping[str, int | None],
        question: str = "kern/rating.html",
        may_be_blank: bool = False,
    ) -> None:
        """`question` is the template of a question."""
        super().__init__(data, initial={key: UNKNOWN if grade is None else grade for key, grade in answers.items()})
        self.question = question
        for criterion in criteria:
            self.fields[criterion.key] = forms.ChoiceField(
                label=criterion.local_question,
                choices=CHOICES,
                widget=forms.RadioSelect,
                required=not may_be_blank,
                error_messages={"required": REQUIRED, "invalid_choice": NO_STEP},
            )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(*(Field(key, template=self.question) for key in self.fields))
        return helper

    @property
    def grades(self) -> dict[str, int | None]:
        return {key: grade_of(value) for key, value in self.cleaned_data.items() if value}


class AnswerForm(forms.Form):
    """One answer, saved as soon as it is chosen."""

    grade = forms.ChoiceField(choices=CHOICES, error_messages={"required": REQUIRED, "invalid_choice": NO_STEP})

    @property
    def answer(self) -> int | None:
        return grade_of(self.cleaned_data["grade"])


class ReasonForm(forms.Form):
    """Beside the answers, so its prefix must be no key of a criterion."""

    prefix = "begruendung"

    text = WrittenText(
        label=_("Warum bewerten Sie so?"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Das Projektbüro liest Ihre Begründung ohne Ihren Namen. Höchstens 1.000 Zeichen."),
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])


class RecordedReasonForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Begründung auf dem Bogen")
        self.fields["text"].help_text = _("In den Worten der Person. Höchstens 1.000 Zeichen.")


class ChannelForm(forms.Form):
    prefix = "weg"

    channel = forms.ChoiceField(
        label=_("Wie die Bewertung eingegangen ist"),
        choices=BY_OFFICE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte sagen Sie, auf welchem Weg die Bewertung eingegangen ist.")},
    )

    def clean_channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])


def grade_of(choice: str) -> int | None:
    return None if choice == UNKNOWN else int(choice)
