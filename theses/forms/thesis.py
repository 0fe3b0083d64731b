from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from measures.models import FieldOfAction, Measure
from stakeholders.forms.filter import FilterSelect
from stakeholders.forms.text import TOO_LONG, WrittenText, one_line, paragraphs
from stakeholders.models import District, Mandate, Stakeholder, Topic
from theses.domain.thesis import Draft
from theses.models import Thesis

SENTENCE_LENGTH = 280
REASON_LENGTH = 4000


class ThesisForm(forms.Form):
    """For submitting and revising. `person` is the author: with a valid mandate they may speak for an organisation."""

    sentence = WrittenText(
        label=_("These"),
        max_length=SENTENCE_LENGTH,
        help_text=_("Ein Satz, dem man zustimmen oder widersprechen kann, höchstens 280 Zeichen."),
        error_messages={"required": _("Bitte schreiben Sie Ihre These in einem Satz."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = WrittenText(
        label=_("Begründung"),
        max_length=REASON_LENGTH,
        help_text=_("Warum vertreten Sie diese These? Was spricht dafür? Höchstens 4.000 Zeichen."),
        error_messages={"required": _("Bitte begründen Sie Ihre These."), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    measure = forms.ModelChoiceField(
        Measure.objects.published(),
        label=_("Maßnahme"),
        required=False,
        empty_label=_("Keine bestimmte Maßnahme"),
        help_text=_("Wählen Sie eine Maßnahme, ein Handlungsfeld oder beides."),
    )
    field_of_action = forms.ModelChoiceField(
        FieldOfAction.objects.all(), label=_("Handlungsfeld"), required=False, empty_label=_("Kein Handlungsfeld")
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label=_("Thema"),
        required=False,
        empty_label=_("Kein bestimmtes Thema"),
        help_text=_("Darunter finden andere Ihre These, zusammen mit weiteren zum selben Thema."),
    )
    district = forms.ModelChoiceField(
        District.objects.all(),
        label=_("Kreis oder kreisfreie Stadt"),
        required=False,
        empty_label=_("Ganz Sachsen"),
        help_text=_("Wenn Ihre These einen bestimmten Kreis betrifft."),
    )
    mandate = forms.ChoiceField(
        label=_("Ich spreche"),
        required=False,
        error_messages={
            "invalid_choice": _("Dieses Mandat gilt nicht mehr. Bitte wählen Sie noch einmal, wie Sie sprechen.")
        },
        widget=forms.RadioSelect,
    )
    text_language = forms.ChoiceField(label=_("Sprache Ihres Textes"), choices=Thesis.TEXT_LANGUAGES)

    def __init__(self, *args: Any, person: Stakeholder, submit_label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mandates = Mandate.objects.valid().filter(person=person).select_related("organisation")
        self.mandates = {str(row.pk): row for row in mandates.order_by("organisation__name")}
        if self.mandates or self.data.get("mandate"):
            choices = [(key, _("für %(name)s") % {"name": row.organisation}) for key, row in self.mandates.items()]
            field = self.fields["mandate"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (tells the type)
            field.choices = [("", _("persönlich")), *choices]
        else:
            del self.fields["mandate"]
        self.fields["text_language"].initial = get_language()
        self.helper = FormHelper()
        self.helper.add_input(Submit("send", submit_label))

    def clean_sentence(self) -> str:
        return one_line(self.cleaned_data["sentence"])

    def clean_reason(self) -> str:
        return paragraphs(self.cleaned_data["reason"])

    def draft(self) -> Draft:
        mandate = self.mandates.get(self.cleaned_data.get("mandate", ""))
        return Draft(**{**self.cleaned_data, "mandate": mandate})


class NewThesisForm(ThesisForm):
    """With what resembles the sentence fetched while it is typed; see templates/theses/thesis_submit.html.

    Only the part with that name is taken over, so that a page of sign-in that comes instead is not.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sentence"].widget.attrs |= {
            "hx-get": reverse("theses:thesis_similar"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#aehnliche",
            "hx-select": "#aehnliche-thesen",
        }


def initial_of(thesis: Thesis) -> dict[str, object]:
    """What the form shows when a thesis is revised."""
    return {
        "sentence": thesis.sentence,
        "reason": thesis.reason,
        "measure": thesis.measure_id,
        "field_of_action": thesis.field_of_action_id,
        "topic": thesis.topic_id,
        "district": thesis.district_id,
        "mandate": str(thesis.mandate_id or ""),
        "text_language": thesis.text_language,
    }


class ThesisFilterForm(forms.Form):
    """The names stand in addresses that people pass on, so they are German in both languages."""

    q = WrittenText(label=_("Suche"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    massnahme = forms.ModelChoiceField(
        Measure.objects.published().named(),
        to_field_name="slug",
        label=_("Maßnahme"),
        required=False,
        empty_label=_("alle Maßnahmen"),
        widget=FilterSelect,
    )
    handlungsfeld = forms.ModelChoiceField(
        FieldOfAction.objects.all(),
        to_field_name="slug",
        label=_("Handlungsfeld"),
        required=False,
        empty_label=_("alle Handlungsfelder"),
        widget=FilterSelect,
    )
    thema = forms.ModelChoiceField(
        Topic.objects.all(),
        to_field_name="key",
        label=_("Thema"),
        required=False,
        empty_label=_("alle Themen"),
        widget=FilterSelect,
    )
    sortierung = forms.ChoiceField(
        label=_("Reihenfolge"),
        required=False,
        choices=[("", _("neueste zuerst")), ("haltungen", _("meiste Haltungen"))],
        widget=FilterSelect,
    )
