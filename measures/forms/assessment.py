from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import Criterion

UNKNOWN = "unknown"
# Equal steps of intensity for every question that begins with "Wie" (Rohrmann 1978).
STEPS = (_("gar nicht"), _("wenig"), _("mittelmäßig"), _("ziemlich"), _("sehr"))
CHOICES = [
    *((str(grade), step) for grade, step in enumerate(STEPS, start=1)),
    (UNKNOWN, _("kann ich nicht beurteilen")),
]


class AssessmentForm(forms.Form):
    """One question per criterion with five labelled steps and "kann ich nicht beurteilen"; all have to be answered."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        criteria: Sequence[Criterion],
        answers: Mapping[str, int | None],
    ) -> None:
        super().__init__(data, initial={key: UNKNOWN if grade is None else grade for key, grade in answers.items()})
        for criterion in criteria:
            self.fields[criterion.key] = forms.ChoiceField(
                label=criterion.local_question,
                choices=CHOICES,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Bitte wählen Sie eine Stufe oder „kann ich nicht beurteilen“."),
                    "invalid_choice": _("Bitte wählen Sie eine der fünf Stufen oder „kann ich nicht beurteilen“."),
                },
            )

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.layout = Layout(*(Field(key, template="kern/rating.html") for key in self.fields))
        return helper

    @property
    def grades(self) -> dict[str, int | None]:
        return {key: None if value == UNKNOWN else int(value) for key, value in self.cleaned_data.items()}
