from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from measures.domain.fit import LONGEST_REASON, FitAnswer, districts_to_rate
from measures.forms.assessment import CHOICES, UNKNOWN
from measures.models import FitAssessment, Measure
from measures.models.fit import FIT_QUESTIONS
from stakeholders.forms.filter import FilterSelect
from stakeholders.forms.text import TOO_LONG, WrittenText, paragraphs
from stakeholders.models import Channel, District
from stakeholders.models.channel import BY_OFFICE

# "Wie" with equal steps, and more is always better for the measure.
QUESTIONS = {
    "need": _("Wie dringend braucht der Kreis diese Maßnahme?"),
    "readiness": _("Wie bereit sind die Menschen und Organisationen dort, die sie umsetzen müssten?"),
    "structures": _(
        "Wie gut passen die vorhandenen Strukturen, zum Beispiel Unternehmen, Einrichtungen und Netzwerke?"
    ),
    "obstacles": _("Wie leicht lassen sich Hindernisse dort überwinden?"),
}


class FitForm(forms.Form):
    """District, how one knows it, the four questions and a reason."""

    district = forms.ModelChoiceField(
        District.objects.none(),
        to_field_name="key",
        label=_("Welchen Kreis kennen Sie?"),
        empty_label=_("Bitte wählen"),
        help_text=_("Sie können mehrere Kreise nacheinander einschätzen."),
        error_messages={
            "required": _("Bitte wählen Sie einen Kreis oder eine kreisfreie Stadt in Sachsen."),
            "invalid_choice": _("Bitte wählen Sie einen Kreis oder eine kreisfreie Stadt in Sachsen."),
        },
    )
    knows = forms.ChoiceField(
        label=_("Woher kennen Sie den Kreis?"),
        choices=FitAssessment.Knows.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte sagen Sie, woher Sie den Kreis kennen.")},
    )
    reason = WrittenText(
        label=_("Begründung"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Was ist ausschlaggebend? Höchstens 1.000 Zeichen. Projektbüro und Ministerium lesen das ohne Ihren Namen."
        ),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["district"].queryset = districts_to_rate()  # type: ignore[attr-defined]
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=question,
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
        ratings = (Field(name, template="kern/rating.html") for name in FIT_QUESTIONS)
        first = ("channel",) if "channel" in self.fields else ()
        helper.layout = Layout(*first, "district", "knows", *ratings, "reason")
        return helper

    def clean_reason(self) -> str:
        return paragraphs(self.cleaned_data["reason"])

    @property
    def answer(self) -> FitAnswer:
        chosen = {name: self.cleaned_data[name] for name in FIT_QUESTIONS}
        grades = {name: None if value == UNKNOWN else int(value) for name, value in chosen.items()}
        return FitAnswer(self.cleaned_data["knows"], grades, self.cleaned_data["reason"])


class RecordedFitForm(FitForm):
    """What the office writes down for somebody who said it on paper, by telephone or in the room."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["channel"] = forms.ChoiceField(
            label=_("Wie die Bewertung eingegangen ist"),
            choices=BY_OFFICE,
            widget=forms.RadioSelect,
            error_messages={"required": _("Bitte sagen Sie, auf welchem Weg die Bewertung eingegangen ist.")},
        )

    @property
    def channel(self) -> Channel:
        return Channel(self.cleaned_data["channel"])


def stored(row: FitAssessment) -> dict[str, Any]:
    """What the form shows of an earlier answer."""
    grades = {name: getattr(row, name) for name in FIT_QUESTIONS}
    steps = {name: UNKNOWN if grade is None else grade for name, grade in grades.items()}
    return {"district": row.district.key, "knows": row.knows, "reason": row.reason, **steps}


class FitFilterForm(forms.Form):
    """Which figure is shown, and of which measure; a word that means nothing chooses nothing."""

    frage = forms.ChoiceField(label=_("Gezeigte Zahl"), required=False, widget=FilterSelect)
    massnahme = forms.ModelChoiceField(
        Measure.objects.none(),
        to_field_name="slug",
        label=_("Maßnahme"),
        required=False,
        empty_label=_("alle Maßnahmen"),
        widget=FilterSelect,
    )

    def __init__(self, data: Mapping[str, Any], *, figures: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["frage"].choices = figures  # type: ignore[attr-defined]
        self.fields["massnahme"].queryset = Measure.objects.published().named()  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def figure(self) -> str:
        return self.cleaned_data.get("frage") or ""

    @property
    def measure(self) -> Measure | None:
        return self.cleaned_data.get("massnahme")


class FitReasonFilterForm(forms.Form):
    """Which reasons are listed; a word that means nothing chooses nothing."""

    massnahme = forms.ModelChoiceField(
        Measure.objects.none(), to_field_name="slug", label=_("Maßnahme"), required=False,
        empty_label=_("alle Maßnahmen"), widget=FilterSelect,
    )  # fmt: skip
    kreis = forms.ModelChoiceField(
        District.objects.none(), to_field_name="key", label=_("Kreis"), required=False, empty_label=_("alle Kreise"),
        widget=FilterSelect,
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.fields["massnahme"].queryset = Measure.objects.named()  # type: ignore[attr-defined]
        self.fields["kreis"].queryset = districts_to_rate()  # type: ignore[attr-defined]
        self.is_valid()

    def apply(self, rows: QuerySet[FitAssessment]) -> QuerySet[FitAssessment]:
        names = {"measure": self.cleaned_data.get("massnahme"), "district": self.cleaned_data.get("kreis")}
        return rows.filter(**{name: value for name, value in names.items() if value})
