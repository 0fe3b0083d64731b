"""What the project office decides about a published thesis; each form carries out one function of the domain."""

import re
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from measures.models import Measure
from stakeholders.forms.text import TOO_LONG, WrittenText, one_line, paragraphs
from stakeholders.models import Stakeholder
from theses.domain.assignment import assign
from theses.domain.conclusion import conclude
from theses.domain.merging import Part, merge, split
from theses.forms.thesis import REASON_LENGTH, SENTENCE_LENGTH
from theses.models import Conclusion, Thesis

PARTS = 4
NUMBER = re.compile(r"(?:.*/)?(\d{1,9})(?:-[\w-]*/?)?")


class ModerationForm(forms.Form):
    def __init__(self, *args: Any, thesis: Thesis, submit_label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thesis = thesis
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", submit_label))

    def carry_out(self, actor: Stakeholder) -> None:
        """Raises Refusal, whose field is one of the form."""
        raise NotImplementedError


def reason_field() -> WrittenText:
    return WrittenText(
        label=_("Begründung"),
        max_length=2000,
        help_text=_("Sie ist öffentlich und geht per E-Mail an alle, die es betrifft."),
        error_messages={"required": _("Bitte begründen Sie die Entscheidung."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AssignForm(ModerationForm):
    staff = forms.ModelChoiceField(
        Stakeholder.objects.filter(is_active=True, role=Stakeholder.Role.PROJECT_OFFICE),
        label=_("In Arbeit bei"),
        required=False,
        empty_label=_("niemandem"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].initial = self.thesis.assigned_to_id

    def carry_out(self, actor: Stakeholder) -> None:
        assign(thesis=self.thesis, staff=self.cleaned_data["staff"], actor=actor)


class MergeForm(ModerationForm):
    target = forms.CharField(
        label=_("Adresse oder Nummer der anderen These"),
        max_length=300,
        help_text=_("Kopieren Sie die Adresse der These, die bleibt, aus der Adresszeile."),
        error_messages={"required": _("Bitte sagen Sie, mit welcher These diese zusammengeführt wird.")},
    )
    reason = reason_field()

    def clean_target(self) -> Thesis:
        found = NUMBER.fullmatch(one_line(self.cleaned_data["target"]).split("?")[0].split("#")[0])
        thesis = Thesis.objects.filter(pk=found.group(1)).first() if found else None
        if thesis is None:
            raise forms.ValidationError(_("Unter dieser Adresse gibt es keine These."))
        return thesis

    def clean_reason(self) -> str:
        return paragraphs(self.cleaned_data["reason"])

    def carry_out(self, actor: Stakeholder) -> None:
        cleaned = self.cleaned_data
        merge(source=self.thesis, target=cleaned["target"], actor=actor, reason=cleaned["reason"])


class SplitForm(ModerationForm):
    """Parts that are left empty are none."""

    reason = reason_field()
    closes = forms.BooleanField(
        label=_("Die ursprüngliche These schließen"),
        required=False,
        help_text=_("Sonst bleibt sie neben ihren Teilen offen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PARTS + 1):
            self.fields[f"sentence_{number}"] = _part_field(_("Teil %(number)d: These"), number, SENTENCE_LENGTH)
            self.fields[f"reason_{number}"] = _part_field(_("Teil %(number)d: Begründung"), number, REASON_LENGTH)
        names = [name for name in self.fields if name not in ("reason", "closes")]
        self.order_fields([*names, "reason", "closes"])

    def clean_reason(self) -> str:
        return paragraphs(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        for number in range(1, PARTS + 1):
            sentence = one_line(self.cleaned_data.get(f"sentence_{number}", ""))
            reason = paragraphs(self.cleaned_data.get(f"reason_{number}", ""))
            if bool(sentence) != bool(reason):
                empty = f"reason_{number}" if sentence else f"sentence_{number}"
                self.add_error(empty, _("Jeder Teil braucht eine These und eine Begründung."))
        return self.cleaned_data

    def parts(self) -> list[Part]:
        cleaned = self.cleaned_data
        pairs = [(cleaned[f"sentence_{number}"], cleaned[f"reason_{number}"]) for number in range(1, PARTS + 1)]
        return [Part(one_line(sentence), paragraphs(reason)) for sentence, reason in pairs if sentence]

    def carry_out(self, actor: Stakeholder) -> None:
        cleaned = self.cleaned_data
        split(thesis=self.thesis, parts=self.parts(), actor=actor, reason=cleaned["reason"], closes=cleaned["closes"])


class ConcludeForm(ModerationForm):
    kind = forms.ChoiceField(
        label=_("Ergebnis"),
        choices=Conclusion.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie ein Ergebnis.")},
    )
    measure = forms.ModelChoiceField(
        Measure.objects.published(),
        label=_("Maßnahme, in der die These weiterlebt"),
        required=False,
        empty_label=_("Keine bestimmte Maßnahme"),
    )
    text = WrittenText(
        label=_("Fazit und Begründung"),
        max_length=5000,
        help_text=_("Ein Fazit lässt sich später nicht ändern. Es schließt die These für neue Haltungen."),
        error_messages={"required": _("Bitte schreiben Sie, wie Sie zu diesem Fazit kommen."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])

    def carry_out(self, actor: Stakeholder) -> None:
        conclude(thesis=self.thesis, actor=actor, **self.cleaned_data)


def _part_field(label: Any, number: int, length: int) -> WrittenText:
    return WrittenText(
        label=str(label) % {"number": number},
        max_length=length,
        required=False,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
