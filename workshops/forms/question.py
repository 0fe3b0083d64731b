"""The questions of an event as fields of a form, and the answers out of it."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _

from stakeholders.models.localised import localised
from workshops.domain.question import LONGEST, field_name
from workshops.models import Question

FEW = 6
"""So many answers stand below each other to be ticked; more are a list to open."""


class QuestionField(forms.CharField):
    """Checked by `workshops.domain.question` alone, because whether a question is asked depends on other answers."""

    def validate(self, value: str) -> None:
        pass


def question_field(question: Question) -> QuestionField:
    field = QuestionField(
        label=localised(question, "text"),
        required=question.required,
        help_text=_help(question),
        widget=_widget(question),
    )
    if question.shown_if:
        condition = {"data-shown-if": field_name(question.shown_if.pk), "data-shown-value": question.shown_value}
        field.widget.attrs |= condition
    return field


def answers_in(values: Mapping[str, object], questions: Sequence[Question]) -> dict[int, str]:
    return {question.pk: str(values.get(field_name(question.pk)) or "") for question in questions}


def _widget(question: Question) -> forms.Widget:
    if question.kind == Question.Kind.CHOICE:
        options = [(option, option) for option in question.options]
        if len(options) > FEW:
            return forms.Select(choices=[("", "–"), *options])
        return forms.RadioSelect(choices=options if question.required else [*options, ("", _("keine Angabe"))])
    if question.kind == Question.Kind.NUMBER:
        return forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 20})
    return forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST})


def _help(question: Question) -> str:
    """Says in words when a question is asked; pages with script hide it until then."""
    if not question.shown_if:
        return ""
    values = {"question": localised(question.shown_if, "text"), "value": question.shown_value}
    must = _("Nur wenn Sie auf „%(question)s“ mit „%(value)s“ antworten; dann brauchen wir die Angabe.")
    may = _("Nur wenn Sie auf „%(question)s“ mit „%(value)s“ antworten.")
    return escape((must if question.required else may) % values)
