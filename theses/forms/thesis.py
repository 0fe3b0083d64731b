from dataclasses import fields
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from measures.models import FieldOfAction, Measure
from stakeholders.domain.refusal import Refusal
from stakeholders.forms.filter import FilterSelect
from stakeholders.forms.text import TOO_LONG, WrittenText, one_line, paragraphs
from stakeholders.models import District, Mandate, Stakeholder, Topic
from theses.domain.evidence import Evidence, check_files
from theses.domain.thesis import Draft
from theses.forms.evidence import NO_ADDRESS, SafeAddressField, SeveralFilesField
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
        said: dict[str, Any] = {field.name: self.cleaned_data.get(field.name) for field in fields(Draft)}
        return Draft(**{**said, "mandate": mandate})


class NewThesisForm(ThesisForm):
    """With evidence, and with what resembles the sentence fetched while it is typed: see theses/thesis_submit.html.

    Only the part with that name is taken over, so that a page of sign-in that comes instead is not.
    `dropped`: the files were larger than the portal reads at all and never reached the form.
    """

    PROOF = ("evidence_url", "evidence_label", "evidence_files")

    evidence_url = SafeAddressField(
        label=_("Adresse eines Belegs"),
        required=False,
        help_text=_("Eine Seite im Netz, die Ihre These stützt. Weitere können Sie nach dem Einreichen hinzufügen."),
    )
    evidence_label = WrittenText(
        label=_("Was dort steht"),
        max_length=150,
        required=False,
        help_text=_("Zum Beispiel: Statistik des Landesamtes 2026. Ohne Angabe erscheint die Adresse."),
        error_messages={"max_length": TOO_LONG},
    )
    evidence_files = SeveralFilesField(
        label=_("Dateien"),
        required=False,
        help_text=_(
            "Bis zu drei: PDF, PNG, JPEG oder WebP, je höchstens 5 MB und zusammen höchstens 10 MB. Sie werden mit "
            "ihrem Namen angezeigt. Laden Sie nur hoch, was Sie veröffentlichen dürfen."
        ),
    )

    def __init__(self, *args: Any, dropped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dropped = dropped
        self.fields["sentence"].widget.attrs |= {
            "hx-get": reverse("theses:thesis_similar"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#aehnliche",
            "hx-select": "#aehnliche-thesen",
        }

    @property
    def words(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.PROOF]

    @property
    def proof(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PROOF]

    def clean_evidence_label(self) -> str:
        label = one_line(self.cleaned_data["evidence_label"])
        if label and not (self.cleaned_data.get("evidence_url") or "evidence_url" in self.errors):
            self.add_error("evidence_url", NO_ADDRESS)
        return label

    def clean_evidence_files(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["evidence_files"]
        if self.dropped and not files:
            raise forms.ValidationError(
                _("Die Dateien sind zu groß. Möglich sind höchstens 5 MB je Datei und 10 MB zusammen.")
            )
        try:
            check_files((file.name, file) for file in files)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return files

    def evidence(self) -> Evidence:
        sent = self.cleaned_data
        files = tuple((file.name, file) for file in sent["evidence_files"])
        return Evidence(url=sent["evidence_url"], label=sent["evidence_label"], files=files)

    def ask_for_files_again(self) -> None:
        """No browser puts files back into a form that is shown again; who sent some must be told."""
        chosen = self.files.getlist("evidence_files") if self.files else []
        if chosen and "evidence_files" not in self.errors:
            text = _("Bitte wählen Sie diese Dateien noch einmal aus: %(names)s. Alles andere ist noch da.")
            self.add_error("evidence_files", text % {"names": ", ".join(one_line(file.name or "") for file in chosen)})


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
